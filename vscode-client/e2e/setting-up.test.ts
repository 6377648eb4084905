import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor, PYTHON, ROOT } from "./editor";
import { writeSettings } from "./vscode";
import type { Workbench } from "./workbench";

const SAMPLE = "vscode-client/sample";
/** The wheels of all that the server needs; see the Makefile. */
const WHEELS = join(ROOT, "build", "wheels");
/** What is on the tab of the walkthrough, by version. */
const WALKTHROUGH = /Walkthrough|Welcome/;
/** The steps of the walkthrough that are shown as done. */
const TICKED = '.getting-started-step[aria-checked="true"]';

test("without a server one click builds an environment for it, from wheels alone, and why is told", () =>
  Editor.journey(
    "missing",
    { example: SAMPLE, settings: { "codeact.server.path": "" }, variables: { PIP_NO_INDEX: "1" } },
    async (editor) => {
      const { workbench } = editor;
      cpSync(WHEELS, join(editor.extension, "vscode-client", "bundled"), { recursive: true });
      await workbench.open("sample.plan.py");
      await workbench.toast("no Python here has it").getByText("Set Up", { exact: true }).click();
      await workbench.toast("Setting up the CodeAct server").waitFor();
      await workbench.command("CodeAct: Show Logs");
      await workbench.panel.filter({ hasText: /without.codeact-lsp/ }).first().waitFor();
      // Making an environment is the one thing here that takes long by itself.
      await workbench.toast("Setting up the CodeAct server").waitFor({ state: "hidden", timeout: 600_000 });
      await workbench.open("sample.plan.py");
      await workbench.run();
      // The log takes the place of the line with the failure.
      await workbench.status("Plan: 1 failed").waitFor();
    },
  ));

test("a path at which there is no server is told of once, with the setting to mend", () =>
  Editor.journey("no-path", { example: SAMPLE, settings: { "codeact.server.path": "/nowhere/codeact" } }, async (editor) => {
    const { workbench, page } = editor;
    await workbench.open("sample.plan.py");
    const told = workbench.toast("/nowhere/codeact (the setting codeact.server.path) does not start: there is no such program");
    await told.waitFor();
    await workbench.status("Plan: stopped").waitFor();
    expect(await workbench.toasts.count()).toBe(1);
    await told.getByText("Open Setting").click();
    await page.locator(".setting-item-contents", { hasText: "a Python that has codeact-lsp" }).first().waitFor();
    writeSettings(editor.home, { "security.workspace.trust.enabled": false });
    await workbench.tab("sample.plan.py").click();
    await workbench.run();
    await workbench.squiggles.first().waitFor();
  }));

test("where each Python is too old that is told, and one that came later is found", async () => {
  const folder = mkdtempSync(join(tmpdir(), "codeact-path-"));
  const python = join(folder, "python3");
  const program = (line: string): void => writeFileSync(python, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  program(`echo '{"python": [3, 9, 2], "server": null}'`);
  const options = { example: SAMPLE, settings: { "codeact.server.path": "" }, variables: { PATH: folder } };
  await Editor.journey("too-old", options, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    const told = workbench.toast("needs Python 3.11 or newer");
    await told.filter({ hasText: "python3 (the Python on the PATH): Python 3.9.2 is too old" }).waitFor();
    await workbench.status("Plan: no Python").waitFor();
    program(`exec ${PYTHON} "$@"`);
    await told.getByText("Look Again").click();
    await workbench.status(/Plan: sandbox strict/).waitFor();
    await workbench.run();
    await workbench.squiggles.first().waitFor();
  });
});

test("the walkthrough leads from nothing to a result", () =>
  Editor.journey("walkthrough", { example: SAMPLE }, async (editor) => {
    const { workbench, page } = editor;
    const step = (title: string) => page.locator(".getting-started-step", { hasText: title }).first();
    await openWalkthrough(workbench);
    await expect.poll(() => page.locator(".getting-started-step").count()).toBe(4);
    await editor.picture("walkthrough");
    await step("Run it").click();
    await step("Run it").getByText("Run Plan", { exact: true }).click();
    await workbench.toast("No plan is open").waitFor();
    await workbench.command("Notifications: Clear All Notifications");
    await step("Open a plan").click();
    await step("Open a plan").getByText("Open Sample Plan").click();
    await page.locator(".tab.active", { hasText: "sample.plan.py" }).waitFor();
    await workbench.run();
    await workbench.squiggles.first().waitFor();
    await page.locator(".tab", { hasText: WALKTHROUGH }).first().click();
    await ticked(workbench, "Set up the server", "Open a plan", "Run it");
  }));

test("a walkthrough that is opened late has ticked what was done before, and ticks the rest", () =>
  Editor.journey("walkthrough-late", { example: SAMPLE }, async (editor) => {
    const { workbench, page } = editor;
    await workbench.open("sample.plan.py");
    await workbench.run();
    await workbench.squiggles.first().waitFor();
    await openWalkthrough(workbench);
    await ticked(workbench, "Set up the server", "Open a plan", "Run it");
    expect(await page.locator(TICKED).count()).toBe(3);
    const last = page.locator(".getting-started-step", { hasText: "Mend what fails" }).first();
    await last.click();
    await last.getByText("Show Fixes").click();
    await workbench.status("Ln 24,").waitFor();
    // It may be too early for the fix to have been run; then it says so.
    const shown = workbench.fixes.or(page.locator(".monaco-editor-overlaymessage")).first();
    await shown.waitFor();
    await workbench.press("Escape");
    await shown.waitFor({ state: "hidden" });
    await workbench.offered("Rename 'gett' to 'get'");
    await workbench.press("Enter");
    await workbench.lines.filter({ hasText: "key=by_product.get)" }).waitFor();
    await workbench.press("Control+Alt+Shift+Enter");
    await workbench.known(/✓ .* · str/).waitFor();
    await workbench.command("CodeAct: Show Fixes");
    await workbench.status("Nothing in the plan has failed").waitFor();
    await page.locator(".tab", { hasText: WALKTHROUGH }).first().click();
    await ticked(workbench, "Mend what fails");
  }));

async function openWalkthrough(workbench: Workbench): Promise<void> {
  await workbench.asks("Welcome: Open Walkthrough...");
  await workbench.choose("From a plan to a result", "From a plan to a result");
}

/** Wait until steps of the walkthrough are shown as done. */
async function ticked(workbench: Workbench, ...titles: readonly string[]): Promise<void> {
  for (const title of titles) await workbench.page.locator(TICKED, { hasText: title }).first().waitFor();
}
