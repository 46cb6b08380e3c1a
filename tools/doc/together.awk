# Fields declared together share the comment behind them: `T a, b;  ///< text` becomes `T a;  /**< text */ T b;  ///< text`, on the same line.
match($0, /^ +(std::)?[A-Za-z_0-9]+(<.*>)? [a-z_]+(\{\}| = [0-9]+)?(, [a-z_]+(\{\}| = [0-9]+)?)+; +\/\/\/< /) {
  split($0, half, / +\/\/\/< /)
  declared = half[1]
  match(declared, /[a-z_]+(\{\}| = [0-9]+)?(, [a-z_]+(\{\}| = [0-9]+)?)+;$/)
  type = substr(declared, 1, RSTART - 1)
  count = split(substr(declared, RSTART, length(declared) - RSTART), field, /, /)
  line = ""
  for (i = 1; i < count; ++i) line = line type field[i] ";  /**< " half[2] " */"
  print line type field[count] ";  ///< " half[2]
  next
}
{ print }
