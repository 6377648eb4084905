#!/usr/bin/env bash
# Makes the VS Code $1 (`1.100` or `1.139`), which runs in a browser, in build/vscode-$1.
#
# What is used is the VS Code inside of the package code-server, without code-server around it.
# Install scripts do not run; of the native modules those are built here that are needed.
set -euo pipefail
cd "$(dirname "$0")/../.."
case ${1:?usage: setup-vscode.sh VERSION [PYTHON]} in
  # The last one for node 20.
  1.100) release=4.100.3 node=20 modules='@vscode/spdlog native-watchdog node-pty'
    integrity=q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA== ;;
  1.139) release=4.139.1 node=24 modules='@vscode/spdlog @vscode/native-watchdog'
    integrity=fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew== ;;
  *) echo "setup-vscode: there are 1.100 and 1.139, and no '$1'." >&2; exit 1 ;;
esac
destination=$PWD/build/vscode-$1
stamp=$destination/.complete-$release
[ -e "$stamp" ] && exit 0

echo "setup-vscode: making VS Code $1 in $destination (a minute or two)"
vscode-client/setup-node.sh "$PWD/build/node-$node" "$node" "${2:-$PWD/.venv/bin/python}"
node_home=$(readlink -f "build/node-$node/home")
gyp=$PWD/build/node-$node/npm/node_modules/node-gyp/bin/node-gyp.js
export PATH=$PWD/build/node-$node/bin:$PATH
rm -rf "$destination" && mkdir -p "$destination" && cd "$destination"

npm pack --silent "code-server@$release" >/dev/null
archive=code-server-$release.tgz
[ "$(openssl dgst -sha512 -binary "$archive" | base64 -w0)" = "$integrity" ] || {
  echo "setup-vscode: $archive is not what it was when it was chosen." >&2; exit 1; }
tar -xzf "$archive" --strip-components=3 package/lib/vscode
rm "$archive"

# Of no use here, and large or in need of an account.
rm -rf extensions/{copilot,github,github-authentication,microsoft-authentication,ms-vscode.*,tunnel-forwarding}
for folder in . extensions; do
  (cd "$folder" && npm install --silent --omit=dev --ignore-scripts --no-audit --no-fund)
done

for module in $modules; do
  # Unoptimised: it only writes logs, and this is by far most of the time.
  (cd "node_modules/$module" && CXXFLAGS='-O0 -g0' node "$gyp" rebuild --nodedir="$node_home" >build.log 2>&1) || {
    tail -20 "node_modules/$module/build.log" >&2; exit 1; }
done
ln -sfn node_modules node_modules.asar
mkdir -p node_modules/@vscode/ripgrep/bin
rg=node_modules/@vscode/ripgrep/bin/rg
[ -e "$rg" ] || ln -sfn "$(command -v rg)" "$rg"
ln -sfn "../node-$node/bin/node" node
touch "$stamp"
