import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor } from "./editor";
import { serveModel } from "./model";
import { read } from "./vscode";

const SAMPLE = "vscode-client/sample";
const KEY = "sk-journey-0123456789abcdef0123456789";

test("in Restricted Mode a plan is read and drawn, and nothing of it runs before it is trusted", () =>
  Editor.journey("restricted", { example: SAMPLE, trusted: false }, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    await workbench.banner.filter({ hasText: "Restricted Mode" }).waitFor();
    await workbench.status("Plan: restricted").waitFor();
    await workbench.take("Run plan", workbench.toast("not trusted: nothing of it is run"));
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.run();
    await workbench.toast("not trusted: nothing of it is run").getByText("Manage Workspace Trust").waitFor();
    await workbench.command("CodeAct: Show Graph");
    await workbench.inView('.unit[aria-label^="report"]').waitFor();
    await expect.poll(() => workbench.view.getByRole("button", { name: "Run plan" }).isDisabled()).toBe(true);
    expect(await workbench.known("✓").count()).toBe(0);

    await workbench.status("Plan: restricted").locator("a").click();
    await editor.page.locator(".workspace-trust-editor a.monaco-button", { hasText: /^Trust/ }).first().click();
    await workbench.banner.waitFor({ state: "hidden" });
    await workbench.tab("sample.plan.py").click();
    await workbench.run();
    await workbench.squiggles.first().waitFor();
  }));

/** The files below a folder that have a text in them. */
function holding(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => read(path).includes(text));
}

test("a key is kept by the editor, is given to the model alone, and stands in no file", async () => {
  await using model = await serveModel();
  const settings = { "codeact.model": "openai/local", "codeact.modelBaseUrl": model.address, "codeact.trace.server": "verbose" };
  await Editor.journey("key", { example: SAMPLE, settings }, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    await workbench.lens("Run plan").waitFor();
    await workbench.asks("Developer: Set Log Level...");
    await workbench.choose("CodeAct", "CodeAct");
    await workbench.choose("Trace", "Trace");
    await workbench.asks("CodeAct: Set API Key");
    await workbench.answer("Provider", "openai");
    await workbench.answer("API key for openai", KEY);
    await workbench.run();
    await workbench.squiggles.first().waitFor();
    await workbench.caret(24, 43);
    await workbench.command("CodeAct: Ask the Model");

    await expect.poll(() => model.keys).toContain(`Bearer ${KEY}`);
    // The trace tells that the key was asked for: it was on, and would have told the key.
    await expect.poll(() => holding(join(editor.home, "data", "logs"), "codeact/modelKey")).not.toEqual([]);
    expect(holding(editor.home, KEY)).toEqual([]);
  });
});
