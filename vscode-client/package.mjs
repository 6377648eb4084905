// Makes dist/codeact.vsix: the wheel of the server goes into it, and its contents are checked.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const client = dirname(fileURLToPath(import.meta.url));
const root = dirname(client);
// The package is made of what is put here, and so of nothing else that lies in the checkout.
const stage = join(root, "build", "vsix");
const vsix = join(root, "dist", "codeact.vsix");
const MOST_SCRIPT = 600_000;

/** Exactly what a package holds, but for version numbers. */
const EXPECTED = [
  /^CHANGELOG\.md$/i, /^LICENSE$/, /^README\.md$/i, /^package\.json$/,
  /^vscode-client\/bundled\/codeact_lsp-[\d.]+-py3-none-any\.whl$/,
  /^vscode-client\/dist\/extension\.js$/, /^vscode-client\/dist\/client\.js$/,
  /^vscode-client\/dist\/webviews\/(graph|results)\.(js|css)$/,
  /^vscode-client\/media\/[\w/-]+\.(svg|png)$/,
  /^vscode-client\/sample\/(sample\.plan\.py|orders\.csv)$/,
];

// Of a checkout that `make setup` has seen, the environment has what builds the wheel; any other Python's
// pip fetches that.
const prepared = process.env.PYTHON ?? [join(root, ".venv", "bin", "python")].find((file) => existsSync(file));
const built = prepared ? ["--no-build-isolation"] : [];
rmSync(stage, { recursive: true, force: true });
mkdirSync(join(stage, "vscode-client", "bundled"), { recursive: true });
mkdirSync(dirname(vsix), { recursive: true });
const wheels = join(stage, "vscode-client", "bundled");
run(prepared ?? "python3", ["-m", "pip", "wheel", "--quiet", "--no-deps", ...built, "--wheel-dir", wheels, root], root);
for (const name of ["dist", "media", "sample"]) {
  cpSync(join(client, name), join(stage, "vscode-client", name), { recursive: true });
}
for (const file of ["LICENSE", "CHANGELOG.md"]) cpSync(join(root, file), join(stage, file));
const readme = readFileSync(join(client, "README.md"), "utf8");
writeFileSync(join(stage, "README.md"), readme.replaceAll("](media/", "](vscode-client/media/"));
const { private: _, workspaces, scripts: __, devDependencies, ...manifest } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);
writeFileSync(join(stage, "package.json"), JSON.stringify({ ...manifest, files: ["**"] }, null, 2));

const files = readdirSync(stage, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(stage, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
const strange = files.filter((file) => !EXPECTED.some((form) => form.test(file)));
const absent = EXPECTED.filter((form) => !files.some((file) => form.test(file)));
if (strange.length) fail(`not expected in the package: ${strange.join(", ")}`);
if (absent.length) fail(`missing in the package: ${absent.map(String).join(", ")}`);

const vsce = createRequire(import.meta.url).resolve("@vscode/vsce/vsce");
const options = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
run("node", [vsce, "package", ...options, "--out", vsix], stage);

const dist = join(client, "dist");
const sizes = readdirSync(dist, { recursive: true }).map((name) => join(dist, name)).filter((path) => /\.(js|css)$/.test(path));
const size = sizes.map((file) => statSync(file).size).reduce((sum, one) => sum + one, 0);
if (size > MOST_SCRIPT) fail(`the bundles take ${size} bytes, more than ${MOST_SCRIPT}`);
console.log(`${vsix}: ${statSync(vsix).size} bytes, ${files.length} files; bundles: ${size} bytes (at most ${MOST_SCRIPT})`);

function run(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
}

function fail(why) {
  console.error(`package: ${why}`);
  process.exit(1);
}
