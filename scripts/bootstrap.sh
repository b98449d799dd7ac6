#!/bin/sh
# Makes .venv from the locks, from nothing: sh scripts/bootstrap.sh [base|test|dev]
#   base  what the application needs to run      test  base and the test tools      dev  everything
# uv installs when it can be had; pip takes over when not. Needs Python 3.11 to 3.13 and no root.
set -eu
cd "$(dirname "$0")/.."
want="${1:-dev}"
case "$want" in
    base) sets="base" ;;
    test) sets="base test" ;;
    dev) sets="base test dev" ;;
    *) echo "usage: sh scripts/bootstrap.sh [base|test|dev]" >&2; exit 2 ;;
esac
tools=.tools
venv=.venv

say() { printf '  %s\n' "$*"; }

suitable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python; do
        if command -v "$candidate" >/dev/null 2>&1 && suitable "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# A broken or half-made environment (another machine, an interrupted run) is made again.
works() { [ -x "$1/bin/python" ] && suitable "$1/bin/python"; }

if ! works "$tools" || ! works "$venv"; then
    if ! python="$(find_python)"; then
        echo "Wholestory needs Python 3.11, 3.12 or 3.13 with venv and ensurepip." >&2
        echo "On Debian or Ubuntu: apt install python3 python3-venv. Or name one: PYTHON=/path/to/python make demo" >&2
        exit 1
    fi
    say "Python: $("$python" -V 2>&1) ($python)"
    works "$tools" || { rm -rf "$tools"; "$python" -m venv "$tools"; }
    works "$venv" || { rm -rf "$venv"; "$python" -m venv --without-pip "$venv"; }
fi

if ! [ -x "$tools/bin/uv" ]; then
    "$tools/bin/pip" install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt 2>/dev/null ||
        say "uv could not be installed; pip is used instead (slower)"
fi

# uv reads neither pip.conf nor PIP_INDEX_URL: hand it whatever index pip was told to use.
index="${UV_DEFAULT_INDEX:-${PIP_INDEX_URL:-$("$tools/bin/pip" config get global.index-url 2>/dev/null || true)}}"
[ -z "$index" ] || export UV_DEFAULT_INDEX="$index"

# The locks are complete, so dependencies are not looked up again (--no-deps).
install() {
    if [ -x "$tools/bin/uv" ] && "$tools/bin/uv" pip install -q --python "$venv/bin/python" \
        --no-deps --require-hashes --only-binary :all: "$@"; then
        return 0
    fi
    say "installing with pip"
    "$tools/bin/pip" --python "$venv/bin/python" install -qq --disable-pip-version-check \
        --no-deps --require-hashes --only-binary :all: "$@"
}

arguments=""
for set in $sets; do
    arguments="$arguments -r requirements/$set.txt"
done
say "Installing locked dependencies ($want)"
# shellcheck disable=SC2086 -- the arguments are file names of ours without spaces
install $arguments

# The package runs from the checkout, from any folder.
here="$(pwd)"
site="$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
printf '%s\n' "$here" > "$site/wholestory.pth"
printf '#!/bin/sh\nexec "%s/%s/bin/python" -m wholestory "$@"\n' "$here" "$venv" > "$venv/bin/wholestory"
chmod +x "$venv/bin/wholestory"

mkdir -p "$venv/stamps"
for set in $sets; do
    touch "$venv/stamps/$set"
done
