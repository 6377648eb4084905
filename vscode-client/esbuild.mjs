// Bundles the extension, and each webview that there is, into dist/.
import { existsSync, rmSync } from "node:fs";
import { build, context } from "esbuild";

const watch = process.argv.includes("--watch");
const common = { bundle: true, minify: !watch, sourcemap: watch, logLevel: "warning", legalComments: "none" };

// What talks to a server is most of it, and is needed when one was found: a file that is read then, since
// even to look at it takes as long as all the rest of an activation.
const later = {
  name: "later",
  setup(build) {
    build.onResolve({ filter: /^\.\/client$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./client.js", external: true } : undefined,
    );
  },
};

const extension = {
  ...common,
  plugins: [later],
  supported: { "dynamic-import": false },
  entryPoints: { extension: "src/extension.ts", client: "src/server/client.ts" },
  outdir: "dist",
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
};

const views = ["graph", "results"].filter((name) => existsSync(`webviews/${name}/main.ts`));
const webviews = {
  ...common,
  entryPoints: Object.fromEntries(views.map((name) => [name, `webviews/${name}/main.ts`])),
  outdir: "dist/webviews",
  platform: "browser",
  target: "es2022",
  format: "iife",
};

rmSync("dist", { recursive: true, force: true });
for (const options of [extension, webviews]) {
  if (watch) await (await context(options)).watch();
  else await build(options);
}
