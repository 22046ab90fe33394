#!/bin/sh
# Renew requirements.lock: lock.sh PYTHON [OPTION OF uv pip compile...]
# One lock for every supported Python and platform, with hashes, and with no address or path in it.
set -eu

python=$1
shift
if command -v uv >/dev/null 2>&1; then
    uv=uv
else
    [ -x .venv-lock/bin/uv ] || { "$python" -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv; }
    uv=.venv-lock/bin/uv
fi
compile="pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-config"
"$uv" $compile --group dev --extra cluster --extra lessons --output-file requirements.lock "$@" pyproject.toml
"$uv" $compile --group explorer --constraint requirements.lock --output-file explorer/requirements.lock "$@"
"$uv" $compile --extra view --constraint requirements.lock --output-file docs/do/view/requirements.lock "$@" pyproject.toml
