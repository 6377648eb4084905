import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor, PYTHON } from "./editor";
import type { Workbench } from "./workbench";

const SAMPLE = "vscode-client/sample";
const NODE = "by_product";
const LAST_LINE = 19;
/** The line where a node stands still. */
const STOPPED = ".debug-top-stack-frame-line";
const TOOLBAR = ".debug-toolbar";

test("a breakpoint that a key has set is hit, again after a restart, and tells the values there and the level", () =>
  Editor.journey("debugging", { example: SAMPLE }, async (editor) => {
    const { workbench, page } = editor;
    await askForDebugging(workbench);
    await page.locator(STOPPED).first().waitFor();
    await workbench.status(`Plan: debugging ${NODE} (sandbox: strict)`).waitFor();
    await workbench.lines.filter({ hasText: /=.list.5.items/ }).waitFor();
    await workbench.caret(LAST_LINE, 13);
    await workbench.press("Control+k", "Control+i");
    await page.locator(".debug-hover-widget", { hasText: "{'tea': 94.5, " }).waitFor();
    await editor.picture("debugging");
    await workbench.press("Escape", "Control+Shift+F5");
    await page.locator(STOPPED).first().waitFor({ state: "detached" });
    await page.locator(STOPPED).first().waitFor();
    await workbench.press("F5");
    await page.locator(TOOLBAR).waitFor({ state: "hidden" });
    await workbench.known("✓ · dict 3 items").waitFor();
    expect(await workbench.toasts.count()).toBe(0);
  }));

test("where the nodes' Python has no debugpy and the editor none, it is said how to install it", () =>
  withBarePython((python) =>
    Editor.journey("no-debugpy", { example: SAMPLE, settings: { "codeact.interpreter": python } }, async (editor) => {
      const { workbench } = editor;
      await askForDebugging(workbench);
      await workbench.toast(`${python} -m pip install debugpy`).waitFor();
      expect(await editor.page.locator(TOOLBAR).isVisible()).toBe(false);
    }),
  ));

test("the debugpy of the editor's own debugger is used once it is allowed to the node, and not before", () =>
  withBarePython((python, folder) => {
    const settings = { "codeact.interpreter": python };
    const options = { example: SAMPLE, settings, extensions: [pythonDebugger(folder)] };
    return Editor.journey("own-debugpy", options, async (editor) => {
      const { workbench, page } = editor;
      const question = workbench.toast(`Level 'strict' does not allow that`);
      await askForDebugging(workbench);
      await question.getByText("Cancel", { exact: true }).click();
      await workbench.toast(`'${NODE}' may not read`).waitFor();
      await workbench.command("Notifications: Clear All Notifications");

      await workbench.lens("Debug").waitFor();
      await workbench.command("CodeAct: Debug Node");
      await question.waitFor();
      await editor.picture("own-debugpy");
      await question.getByText("Allow", { exact: true }).click();
      await page.locator(STOPPED).first().waitFor();
      await workbench.press("Shift+F5");
      await page.locator(TOOLBAR).waitFor({ state: "hidden" });
    });
  }));

/** Set a breakpoint in the sample, and have its node debugged. */
async function askForDebugging(workbench: Workbench): Promise<void> {
  await workbench.open("sample.plan.py");
  await workbench.lens("Run plan").waitFor();
  await workbench.caret(LAST_LINE, 5);
  await workbench.press("F9");
  await workbench.page.locator(".codicon-debug-breakpoint").first().waitFor();
  await workbench.command("CodeAct: Debug Node");
}

/** With a Python that has nothing but itself, outside of the folder that is open. */
async function withBarePython(go: (python: string, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "codeact-python-"));
  try {
    const made = spawnSync(PYTHON, ["-m", "venv", "--without-pip", join(folder, "bare")], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(made.stderr);
    await go(join(folder, "bare", "bin", "python"), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A package that stands in for Microsoft's debugger of Python: it has its name, and debugpy where that has it. */
function pythonDebugger(folder: string): string {
  const [extension, packed] = [join(folder, "extension"), join(folder, "debugger.vsix")];
  const found = spawnSync(PYTHON, ["-c", "import debugpy; print(debugpy.__path__[0])"], { encoding: "utf8" });
  mkdirSync(extension);
  cpSync(found.stdout.trim(), join(extension, "bundled", "libs", "debugpy"), { recursive: true });
  const manifest = { name: "debugpy", publisher: "ms-python", version: "1.0.0", engines: { vscode: "^1.91.0" } };
  writeFileSync(join(extension, "package.json"), JSON.stringify(manifest));
  const made = spawnSync(PYTHON, ["-m", "zipfile", "-c", packed, "extension/"], { cwd: folder, encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
  return packed;
}
