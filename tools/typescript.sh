#!/bin/sh
# Check (or with --write lay out) the explorer's TypeScript, where `make explorer-tools` fetched what it takes.
set -e
cd explorer
if [ ! -d node_modules/typescript ]; then
  echo "explorer: its TypeScript is not checked; make explorer-tools fetches what it takes"
  exit 0
fi
npx prettier "${1:---check}" --log-level warn .
[ "$1" = --write ] && exit 0
npx oxlint --deny-warnings --quiet src tests
npx tsc --noEmit
