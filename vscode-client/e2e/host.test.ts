import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { Editor, KEPT } from "./editor";

const ROOT = join(import.meta.dirname, "..", "..");

test("inside of the extension host, all that the client and the server do for an editor", async () => {
  const suite = join(KEPT, "suite.cjs");
  await build({
    entryPoints: [join(import.meta.dirname, "host", "suite.ts")],
    outfile: suite,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
  });
  const extension = join(ROOT, "build", "vsix");
  const { status, log } = await Editor.inside({ example: "vscode-client/sample" }, extension, suite);
  console.log(log.join("\n"));
  expect({ status, log }).toMatchObject({ status: 0 });
});
