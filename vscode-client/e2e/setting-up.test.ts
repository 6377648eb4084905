import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor, ROOT } from "./editor";

const SAMPLE = "vscode-client/sample";
/** The wheels of all that the server needs; see the Makefile. */
const WHEELS = join(ROOT, "build", "wheels");

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

test("the walkthrough leads from nothing to a result", () =>
  Editor.journey("walkthrough", { example: SAMPLE }, async (editor) => {
    const { workbench, page } = editor;
    const step = (title: string) => page.locator(".getting-started-step", { hasText: title }).first();
    await workbench.asks("Welcome: Open Walkthrough...");
    await workbench.choose("From a plan to a result", "From a plan to a result");
    await expect.poll(() => page.locator(".getting-started-step").count()).toBe(4);
    await editor.picture("walkthrough");
    await step("Open a plan").click();
    await step("Open a plan").getByText("Open Sample Plan").click();
    await page.locator(".tab.active", { hasText: "sample.plan.py" }).waitFor();
    await workbench.run();
    await workbench.squiggles.first().waitFor();
    await page.locator(".tab", { hasText: "Walkthrough" }).first().click();
    for (const title of ["Set up the server", "Open a plan", "Run it"]) {
      await page.locator('.getting-started-step[aria-checked="true"]', { hasText: title }).first().waitFor();
    }
  }));
