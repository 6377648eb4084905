import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bundle } from "./standalone.mjs";

it("the view in the Python package is what is built now", async () => {
  for (const [name, text] of await bundle()) {
    const built = new URL(`../../codeact_lsp/cli/graph_page/${name}`, import.meta.url);
    expect(readFileSync(built, "utf8") === text).toBe(true);
  }
});
