import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "vitest";
import { ROOT } from "./editor";
import { runs } from "./inside";

const SAMPLE = "vscode-client/sample";

test("inside of the extension host, all that the client and the server do for a plan", () =>
  runs("plan", { example: SAMPLE }));

test("VS Code's own debugger stops in a node, and it is told which lines ran", () =>
  runs("debugging", { example: SAMPLE }));

test("in a workspace of two folders each has its own plans and settings", () =>
  runs("folders", {
    example: SAMPLE,
    workspace: "both.code-workspace",
    prepare: (folder) => {
      for (const name of ["one", "other"]) cpSync(join(ROOT, SAMPLE), join(folder, name), { recursive: true });
      cpSync(join(ROOT, SAMPLE, "sample.plan.py"), join(folder, "other", "sample.flow.py"));
      write(join(folder, "both.code-workspace"), { folders: [{ path: "one" }, { path: "other" }] });
      write(join(folder, "other", ".vscode", "settings.json"), {
        "codeact.inlayHints": { results: false, inputs: false },
        "codeact.plans": ["*.flow.py"],
      });
    },
  }));

function write(path: string, content: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(content));
}
