#!/usr/bin/env bash
# Packs rewind, installs the tarball in an empty place and runs it from an empty home, as a user would.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
npm pack --silent --pack-destination "$place"
cd "$place"
echo '{}' >package.json
npm install --silent ./rewind-shelf-*.tgz
export HOME="$place/home" USERPROFILE="$place/home" APPDATA="$place/home" LOCALAPPDATA="$place/home"
mkdir -p "$HOME"
node node_modules/rewind-shelf/bin/rewind.js --version
node node_modules/rewind-shelf/bin/rewind.js demo stats | grep -q '46 (71.9%)'
echo 'packed.sh: ok'
