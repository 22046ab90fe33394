#!/bin/sh
# Make or renew the environment: setup.sh PYTHON FOLDER
# The folder is made anew when its Python or requirements.lock changed. Its file `stamp` says what it was made
# from and is written last, so that an interrupted setup is never taken for a whole one.
set -eu

python=$1
folder=$2
lock=requirements.lock

if ! command -v "$python" >/dev/null 2>&1; then
    echo "There is no command $python; name a Python 3.11 or newer, for example: PYTHON=python3.13 make setup" >&2
    exit 2
fi
version=$("$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])')
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$python is Python $version, but 3.11 or newer is needed, for example: PYTHON=python3.13 make setup" >&2
    exit 2
fi

build=$("$python" -c 'import platform as p; print(p.python_implementation(), p.python_version(), p.machine())')
packages="$build, lock $(cksum <"$lock")"
project="project $(cksum <pyproject.toml)"

if [ -x "$folder/bin/python" ] && "$folder/bin/python" -c '' 2>/dev/null; then
    stamp=$(cat "$folder/stamp" 2>/dev/null || true)
else
    stamp=
fi
[ "$stamp" = "$packages, $project" ] && exit 0

case $stamp in
"$packages, "*) ;;
*)
    case $folder in
    .venv | .venv-*) ;;
    *)
        if [ -e "$folder" ] && [ ! -e "$folder/pyvenv.cfg" ]; then
            echo "$folder exists and is not a Python environment; name another: make VENV=.venv-mine setup" >&2
            exit 2
        fi
        ;;
    esac
    echo "Setting up $folder with Python $version (a minute or two, once)"
    # The Python behind an active environment, which may be the very one that is remade here.
    base=$("$python" -c 'import sys; print(getattr(sys, "_base_executable", None) or sys.executable)')
    rm -rf "$folder"
    "$base" -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    ;;
esac
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
echo "$packages, $project" >"$folder/stamp"
