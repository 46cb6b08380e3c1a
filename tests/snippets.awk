# The C++ blocks of our documents that follow a line `<!-- COMPILED -->`, each as a function.
BEGIN { print "#include <railwindow/railwindow.hpp>\n#include <iostream>\nusing namespace railwindow;" }
/<!-- COMPILED -->/ { print "void snippet_" ++count "();\nvoid snippet_" count "() {"; open = 1; next }
open && /^    / { print substr($0, 5); began = 1; next }
open && began { print "}"; open = began = 0 }
