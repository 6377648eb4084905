#!/usr/bin/env bash
# Opens a browser on the local VS Code $1 with the packaged extension and copies of the examples.
set -euo pipefail
cd "$(dirname "$0")/../.."
home=$PWD/build/editor
port=${PORT:-8421}
vscode=build/vscode-${1:?usage: open-vscode.sh VERSION}
code=("$vscode/node" "$vscode/out/server-main.js" --accept-server-license-terms --telemetry-level off
  --server-data-dir "$home" --user-data-dir "$home/data" --extensions-dir "$home/extensions")
export EXTENSIONS_GALLERY='{"serviceUrl":""}'

mkdir -p "$home/data/Machine" "$home/data/User"
# What was edited there last time stays as it is.
cp --recursive --no-clobber examples "$home/"
cp --recursive --no-clobber vscode-client/sample "$home/examples/"
"${code[@]}" --install-extension dist/codeact.vsix --force >/dev/null
settings="{\"codeact.server.path\": \"$PWD/.venv/bin/codeact\", \"codeact.interpreter\": \"$PWD/.venv/bin/python\"}"
[ -e "$home/data/Machine/settings.json" ] || echo "$settings" >"$home/data/Machine/settings.json"

address="http://127.0.0.1:$port/?folder=$home/examples"
echo "VS Code is at $address (Ctrl-C ends it)"
if command -v xdg-open >/dev/null && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  (sleep 2 && xdg-open "$address") &
elif command -v open >/dev/null && [ "$(uname)" = Darwin ]; then
  (sleep 2 && open "$address") &
fi
exec "${code[@]}" --host 127.0.0.1 --port "$port" --without-connection-token
