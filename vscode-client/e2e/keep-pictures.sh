#!/usr/bin/env bash
# Takes the pictures of the last journeys, and of the views alone, for those of the docs and of the extension's page.
set -euo pipefail
cd "$(dirname "$0")/../.."
taken=build/e2e/1.139
for name in red graph results tapes; do cp "$taken/$name.png" vscode-client/media/screens/; done
cp "$taken/red-to-green.png" docs/
for view in graph results; do cp "build/views/$view-dark.png" "docs/$view-view.png"; done
