#!/usr/bin/env bash
# Makes a VS Code that runs in a browser, from the npm registry alone, at the folder $1.
#
# What is used is the VS Code inside of the package code-server, without code-server around it.
# Install scripts do not run; of the native modules those are built here that are needed.
set -euo pipefail
destination=${1:?usage: setup-vscode.sh FOLDER}
version=4.100.3 # VS Code 1.100.3, the last one for node 20
integrity=q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==
stamp=$destination/.complete-$version
[ -e "$stamp" ] && exit 0

case $(node --version) in
  v20.*) ;;
  *) echo "setup-vscode: VS Code ${version/4./1.} runs on node 20, and here is $(node --version)." >&2; exit 1 ;;
esac
echo "setup-vscode: making VS Code ${version/4./1.} in $destination (about a minute)"
rm -rf "$destination" && mkdir -p "$destination" && cd "$destination"

npm pack --silent "code-server@$version" >/dev/null
archive=code-server-$version.tgz
[ "$(openssl dgst -sha512 -binary "$archive" | base64 -w0)" = "$integrity" ] || {
  echo "setup-vscode: $archive is not what it was when it was chosen." >&2; exit 1; }
tar -xzf "$archive" --strip-components=3 package/lib/vscode
rm "$archive"

# Of no use here, and large or in need of an account.
rm -rf extensions/{github,github-authentication,microsoft-authentication,ms-vscode.*,tunnel-forwarding}
for folder in . extensions; do
  (cd "$folder" && npm install --silent --omit=dev --ignore-scripts --no-audit --no-fund)
done

gyp=$(npm root --global)/npm/node_modules/node-gyp/bin/node-gyp.js
home=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
for module in @vscode/spdlog native-watchdog node-pty; do
  # Unoptimised: it only writes logs, and this is by far most of the time.
  (cd "node_modules/$module" && CXXFLAGS='-O0 -g0' node "$gyp" rebuild --nodedir="$home" >build.log 2>&1) || {
    tail -20 "node_modules/$module/build.log" >&2; exit 1; }
done
ln -sfn node_modules node_modules.asar
mkdir -p node_modules/@vscode/ripgrep/bin
if command -v rg >/dev/null; then ln -sfn "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg; fi
touch "$stamp"
