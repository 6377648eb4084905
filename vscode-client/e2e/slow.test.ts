import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor, PYTHON, SERVER } from "./editor";

const PLAN = `import time


def short() -> int:
    """Takes a moment.

    Cache: off
    """
    time.sleep(0.8)
    return 1
`;

/** A server that is slow to say what a run would do. */
function slowServer(): string {
  const program = join(mkdtempSync(join(tmpdir(), "codeact-slow-")), "codeact");
  const proxy = [PYTHON, join(import.meta.dirname, "slow_server.py"), SERVER];
  writeFileSync(program, `#!/bin/sh\nexec ${proxy.map((each) => `'${each}'`).join(" ")} "$@"\n`, { mode: 0o755 });
  return program;
}

test("the lens of a plan leads somewhere at the first click also where what a run would do takes long to tell", () =>
  Editor.journey(
    "slow",
    {
      example: "vscode-client/sample",
      settings: { "codeact.server.path": slowServer() },
      prepare: (folder) => {
        writeFileSync(join(folder, "sample.plan.py"), PLAN);
      },
    },
    async (editor) => {
      const { workbench, page } = editor;
      await workbench.open("sample.plan.py");
      await workbench.lens("▶ Run").waitFor();
      // To come back to a text is to have its lenses asked for anew, while the answer for the earlier ones is to come.
      for (let times = 0; times < 3; times++) {
        await workbench.press("Control+Shift+e", "Control+1");
        await page.waitForTimeout(1_000);
      }
      await workbench.lens("Run plan").waitFor();
      await workbench.lens("Run plan").click();
      await workbench.lens("■ Cancel").waitFor();
      expect(await workbench.toasts.count()).toBe(0);
    },
  ));
