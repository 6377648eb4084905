/**
 * Build the graph view for `codeact graph --format html`, into the Python package.
 *
 * What is built is checked in: the package is made, and works, where there is no Node.js. It says
 * what it was built of, so that a test can tell without Node.js whether it is up to date.
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = new URL("./", import.meta.url);
const PACKAGE = new URL("../../codeact_lsp/cli/graph_page/", HERE);
const SOURCES = ["graph", "layout", "shared"];

/** The names and contents of all that goes into the bundle, as one number. */
function digest() {
    const hash = createHash("sha256");
    for (const folder of SOURCES) {
        for (const name of readdirSync(new URL(folder, HERE)).sort()) {
            if (!/\.(ts|css)$/.test(name) || name.endsWith(".test.ts")) continue;
            hash.update(`${folder}/${name}\0`);
            hash.update(readFileSync(new URL(`${folder}/${name}`, HERE)));
        }
    }
    return hash.digest("hex");
}

/** The files of the bundle by their names. */
export async function bundle() {
    const built = await build({
        entryPoints: [fileURLToPath(new URL("graph/main.ts", HERE))],
        outdir: "/",
        entryNames: "graph",
        bundle: true,
        minify: true,
        charset: "utf8",
        format: "iife",
        target: "es2022",
        write: false,
        banner: { js: `// Built from vscode-client/webviews, sources sha256:${digest()}` },
    });
    return new Map(built.outputFiles.map(({ path, text }) => [path.split("/").at(-1), text]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    for (const [name, text] of await bundle()) writeFileSync(new URL(name, PACKAGE), text);
}
