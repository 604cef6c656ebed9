#!/usr/bin/env bash
# Lists and calls every tool of `rewind demo mcp` with the protocol's official inspector, which wants Node 22.19 or newer
# and takes 300 MB: test/stress/inspector.sh [DIRECTORY]. test/matrix.sh runs it as a step of its own.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
directory="${1:-$(mktemp -d -t rewind-inspector.XXXXXX)}"
mkdir -p "$directory"
[ -x "$directory/node_modules/.bin/mcp-inspector" ] ||
  npm install --silent --no-save --ignore-scripts --prefix "$directory" @modelcontextprotocol/inspector@2.12.0 || exit 1

inspect() {
  "$directory/node_modules/.bin/mcp-inspector" --cli node "$root/bin/rewind.js" demo mcp --write "$@"
}

# What a tool can't be called without.
needed() {
  case "$1" in
    search_records) echo query=blue ;;
    get_record | explain_match | log_play) echo record=1 ;;
    log_heard_track) echo artist=Nobody title=Nothing ;;
    link_record) echo record=1 clear=true ;;
    query_sql) echo "sql=SELECT count(*) AS records FROM records" ;;
  esac
}

inspect --method tools/list --strict >"$directory/tools.json" 2>"$directory/warnings.txt" || {
  cat "$directory/warnings.txt"
  exit 1
}
grep '^Warning' "$directory/warnings.txt" && exit 1
failed=0
tools="$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).tools.map(({ name }) => name).join("\n")' "$directory/tools.json")"
for name in $tools; do
  arguments=()
  while IFS= read -r argument; do
    [ -z "$argument" ] || arguments+=(--tool-arg "$argument")
  done < <(needed "$name" | sed -E 's/ (clear=)/\n\1/')
  if inspect --method tools/call --tool-name "$name" "${arguments[@]}" >"$directory/answer.json" 2>&1 &&
    node -e 'const { isError, structuredContent } = JSON.parse(fs.readFileSync(process.argv[1])); process.exit(isError || !structuredContent ? 1 : 0)' "$directory/answer.json"; then
    printf '%-18s ok\n' "$name"
  else
    printf '%-18s FAILED\n' "$name"
    head -c 2000 "$directory/answer.json"
    failed=1
  fi
done
exit "$failed"
