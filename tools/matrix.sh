#!/bin/sh
# Run the tests on every supported Python found, and compare one reference run: matrix.sh MAKE
# A Python is looked for on the PATH, then among pyenv's. Each has its own environment, .venv-3.11 and so on.
set -u

make=$1
failed=0
tested=0
digests=
report=

find_python() {
    for candidate in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$1".*/bin/python; do
        if "$candidate" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$1')" >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
}

for version in 3.11 3.12 3.13 3.14; do
    python=$(find_python "$version")
    if [ -z "$python" ]; then
        report="$report$version  not found\n"
        continue
    fi
    tested=$((tested + 1))
    environment=.venv-$version
    echo "== Python $version"
    if "$make" PYTHON="$python" VENV="$environment" test; then result=passed; else result=FAILED failed=1; fi
    if digest=$("$environment/bin/python" tests/reference_run.py); then
        digests="$digests$digest\n"
    else
        digest="no reference run" failed=1
    fi
    report="$report$version  $result  $digest\n"
done

printf '\n%b' "$report"
if [ "$tested" -eq 0 ]; then
    echo "No supported Python was found (3.11 to 3.14)." >&2
    exit 1
fi
if [ "$(printf '%b' "$digests" | sort -u | wc -l)" -gt 1 ]; then
    echo "The reference run differs between Pythons." >&2
    failed=1
fi
exit "$failed"
