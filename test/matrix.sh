#!/usr/bin/env bash
# Installs, shows the demo, runs the tests and tries the package on each Node: test/matrix.sh [VERSION...]
# Runtimes and their headers come from the registry's packages of `node` for this system. They, a copy of the tree for
# each and all reports lie in MATRIX_DIR, else in a temporary directory. MATRIX_STEPS="install demo" leaves steps out.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
directory="${MATRIX_DIR:-$(mktemp -d -t rewind-matrix.XXXXXX)}"
steps="${MATRIX_STEPS:-install demo tests package}"
versions=("$@")
[ "${#versions[@]}" -gt 0 ] || versions=(14 18 20.19 20 22 24 26)
system="$(node -p '`${process.platform === "win32" ? "win" : process.platform}-${process.arch}`')"
failed=0

# The directory of a runtime, brought where it isn't there yet.
runtime() {
  local prefix="$directory/node-$1"
  local place="$prefix/node_modules/node-$system"
  [ -x "$place/bin/node" ] || npm install --silent --no-save --ignore-scripts --prefix "$prefix" "node-$system@$1" >&2
  printf '%s' "$place"
}

# Headers to compile better-sqlite3 against, where its binary can't be had: those of 24.19 and newer give one that aborts.
headers() {
  case "$("$1/bin/node" -p 'process.versions.node')" in
    24.1[0-8].* | 24.[0-9].*) printf '%s' "$1" ;;
    24.*) runtime 24.18.1 ;;
    *) printf '%s' "$1" ;;
  esac
}

# What was compiled once serves the later installs beside it, as a published binary would.
keep_binary() {
  local built=node_modules/better-sqlite3
  [ -f "$built/build/config.gypi" ] || return 0
  local name
  name="$(node -p '`better-sqlite3-v${require("better-sqlite3/package.json").version}-node-v${process.versions.modules}-${process.platform}-${process.arch}.tar.gz`')"
  tar -czf "../$name" -C "$built" build/Release/better_sqlite3.node
  printf 'local-prebuilds=%s\n' "$(cd .. && pwd)" >../.prebuild-installrc
}

is_old() { ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; }

refused() {
  local said
  said="$(node bin/rewind.js xref 2>&1)" && return 1
  printf '%s\n' "$said"
  [[ "$said" == "rewind: needs Node "* ]]
}

install() { npm ci && keep_binary; }
demo() { npm run demo | tee /dev/stderr | grep -q 'Scrobbled 45 of 64'; }
tests() { npm test; }

# As a user gets it: packed, installed into an empty prefix, run from an empty home.
package() {
  local home="$PWD/../home"
  rm -rf "$home" && mkdir -p "$home/prefix"
  npm pack --pack-destination "$home" &&
    npm install --global --allow-scripts=better-sqlite3 --prefix "$home/prefix" "$home"/rewind-shelf-*.tgz &&
    (cd "$home" && HOME="$home" prefix/bin/rewind --version && HOME="$home" prefix/bin/rewind demo stats)
}

# One step in the background's log; the line says how it ended.
step() {
  local version="$1" name="$2" log="$directory/$1-$2.log" begun=$SECONDS
  if ($name) >"$log" 2>&1; then
    printf '%-8s %-8s ok      %4d s  %s\n' "$version" "$name" $((SECONDS - begun)) "$(grep -aE '^ *Tests ' "$log" | tail -1)"
  else
    printf '%-8s %-8s FAILED  %4d s  %s\n' "$version" "$name" $((SECONDS - begun)) "$log"
    return 1
  fi
}

for version in "${versions[@]}"; do
  node_home="$(runtime "$version")" || exit 1
  tree="$directory/$version/rewind"
  rm -rf "$tree" && mkdir -p "$tree"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard | tar --null -T - --ignore-failed-read -cf - 2>/dev/null) | tar -xf - -C "$tree"
  (
    cd "$tree" || exit 1
    export PATH="$node_home/bin:$PATH"
    export npm_config_nodedir
    npm_config_nodedir="$(headers "$node_home")"
    printf '%-8s %s\n' "$version" "$(node --version)"
    if is_old; then
      step "$version" refused
      exit
    fi
    for name in $steps; do
      step "$version" "$name" || { failed=1; [ "$name" != install ] || break; }
    done
    exit "$failed"
  ) || failed=1
done
printf 'Reports: %s\n' "$directory"
exit "$failed"
