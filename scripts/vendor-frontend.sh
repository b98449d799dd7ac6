#!/bin/sh
# Fetches the browser files we ship, with npm and from whatever registry it is set up to use, then checks and patches them.
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# The list is split into words on purpose.
# shellcheck disable=SC2046
npm pack --silent $(python3 "$here/vendor-frontend.py" --wanted) >/dev/null
python3 "$here/vendor-frontend.py" "$folder"
