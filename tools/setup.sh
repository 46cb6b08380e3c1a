# Sourced by tools/run and tools/test: installs what is missing, configures and builds. Messages go to standard error.

run_packages="g++ cmake ninja-build libboost-dev libeigen3-dev libyaml-cpp-dev libspdlog-dev libcli11-dev nlohmann-json3-dev libhowardhinnant-date-dev libutf8proc-dev zlib1g-dev tzdata"
test_packages="doctest-dev librapidcheck-dev libbenchmark-dev python3 pkg-config doxygen pybind11-dev libpython3-dev python3-numpy python3-pytest clang-format-14"
# Of the Python module: data frames and pictures, its stubs held against it, its notebook run, the wheel put into a virtual environment.
test_packages="$test_packages python3-pandas python3-matplotlib mypy python3-nbconvert python3-ipykernel python3-pip python3-venv"
# Of the program that reads OpenStreetMap files: it is left out where they are missing.
test_packages="$test_packages libosmium2-dev libexpat1-dev libbz2-dev"
cluster_packages="slurm-wlm munge openmpi-bin parallel make"
sanitizer_packages="clang-19 libclang-rt-19-dev llvm-19"
package_packages="clang-19 debootstrap dpkg-dev file"

say() { printf '%s\n' "$*" >&2; }

missing_packages() { # names...
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
  done
}

# Installs those of the named Debian packages that are missing, and says which.
install_missing() { # install|refuse names...
  local may_install=$1
  shift
  if ! command -v dpkg-query >/dev/null; then
    say "This is no Debian system: cannot check for $*; going on with what is here."
    return
  fi
  local missing
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if [ "$may_install" = refuse ]; then
    say "Missing Debian packages: $missing"
    say "Install them (apt-get install $missing) or leave out --no-install."
    exit 69
  fi
  local as_root=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { say "Missing Debian packages: $missing"; say "Installing them needs root, and there is no sudo here."; exit 69; }
    as_root=sudo
  fi
  say "Installing missing Debian packages: $missing"
  { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; say "The packages could not be installed; the whole log is $log."; exit 69; }
}

# What the tests of the report page need beside Node: Debian's Chromium and a font.
browser_packages="chromium fonts-dejavu-core"

browser_is_here() { [ -x "${CHROMIUM:-/usr/bin/chromium}" ] && command -v node >/dev/null && [ -d "$root/tools/report/node_modules/playwright-core" ]; }

# Chromium and Node as Debian packages, then the locked modules of tools/report and tools/schema.
install_browser() { # install|refuse
  local packages=$browser_packages
  command -v node >/dev/null || packages="$packages nodejs"
  command -v npm >/dev/null || packages="$packages npm"
  install_missing "$1" $packages
  install_modules "$1" tools/report playwright-core
  install_modules "$1" tools/schema ajv
}

# The modules that FOLDER/package-lock.json names, of which ONE is one.
install_modules() { # install|refuse FOLDER ONE
  local modules=$root/$2
  if [ -d "$modules/node_modules/$3" ] && [ ! "$modules/package-lock.json" -nt "$modules/node_modules/.package-lock.json" ]; then return; fi
  if [ "$1" = refuse ]; then say "Missing: the modules of $2 (npm ci there)"; exit 69; fi
  say "Installing the modules that $2/package-lock.json names"
  (cd "$modules" && npm ci --no-audit --no-fund) >"$log" 2>&1 || { tail -n 20 "$log" >&2; say "The modules could not be installed; the whole log is $log."; exit 69; }
}

# Configures $build with the given cache settings if it does not have them yet, then builds the given target.
build_target() { # target settings...
  local target=$1
  shift
  local stamp="$build/.configured" wanted="$*"
  if [ ! -f "$build/build.ninja" ] || [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    say "Configuring ..."
    cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; say "Configuring failed; the whole log is $log."; exit 70; }
    printf '%s' "$wanted" >"$stamp"
  fi
  if [ -n "$(ninja -C "$build" -n "$target" 2>/dev/null | grep '^\[' | grep -vE 'Re-(checking|running)')" ]; then say "Building ..."; fi
  ninja -C "$build" "$target" >"$log" 2>&1 || { tail -n 40 "$log" >&2; say "The build failed; the whole log is $log."; exit 70; }
}
