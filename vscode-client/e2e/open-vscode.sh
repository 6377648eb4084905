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
# The examples are this checkout's own, which runs already, and a chat is not what is to be tried.
quiet='{"security.workspace.trust.enabled": false, "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden", "workbench.startupEditor": "none"}'
[ -e "$home/data/User/settings.json" ] || echo "$quiet" >"$home/data/User/settings.json"

# The first thing to be seen is a plan, with something to run and to mend.
sample="vscode-remote://127.0.0.1:$port$home/examples/sample/sample.plan.py"
address="http://127.0.0.1:$port/?folder=$home/examples&payload=%5B%5B%22openFile%22%2C%22$sample%22%5D%5D"
echo "VS Code is at $address (Ctrl-C ends it)"
if command -v xdg-open >/dev/null && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  (sleep 2 && xdg-open "$address") &
elif command -v open >/dev/null && [ "$(uname)" = Darwin ]; then
  (sleep 2 && open "$address") &
fi
exec "${code[@]}" --host 127.0.0.1 --port "$port" --without-connection-token
