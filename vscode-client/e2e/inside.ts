import { join } from "node:path";
import { build } from "esbuild";
import { expect } from "vitest";
import { Editor, KEPT, type Inside, type Options, ROOT } from "./editor";

const EXTENSION = join(ROOT, "build", "vsix");

/** Run one of the suites in host/ inside of the extension host. */
export async function runs(name: string, options: Options, inside: Partial<Inside> = {}): Promise<void> {
  const suite = join(KEPT, `${name}.cjs`);
  await build({
    entryPoints: [join(import.meta.dirname, "host", `${name}.ts`)],
    outfile: suite,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
  });
  const { status, log } = await Editor.inside(options, { extension: EXTENSION, suite, ...inside });
  console.log(log.join("\n"));
  expect({ status, log }).toMatchObject({ status: 0 });
}
