import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";
const FOLDER = "my plans — größer";

test("a plan that is renamed, in a folder with any letters, takes its problems along and leaves none behind", () =>
  Editor.journey(
    "moved",
    {
      example: SAMPLE,
      prepare: (folder) => {
        cpSync(folder, join(folder, "..", FOLDER), { recursive: true });
        writeFileSync(join(folder, "one.code-workspace"), JSON.stringify({ folders: [{ path: `../${FOLDER}` }] }));
      },
      workspace: "one.code-workspace",
    },
    async (editor) => {
      const { workbench, page } = editor;
      const problems = page.locator(".markers-panel .monaco-list-row");
      await workbench.open("sample.plan.py");
      await workbench.run();
      await workbench.known("AttributeError").waitFor();
      await workbench.press("Control+Shift+m");
      await problems.filter({ hasText: "AttributeError" }).waitFor();

      await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "sample.plan.py" }).click();
      await workbench.press("F2", "Control+a");
      await page.keyboard.type("other.plan.py");
      await workbench.press("Enter");
      await page.locator(".tab.active", { hasText: "other.plan.py" }).waitFor();
      await expect.poll(() => problems.count()).toBe(0);
      await workbench.run();
      await problems.filter({ hasText: "other.plan.py" }).waitFor();
      await problems.filter({ hasText: "AttributeError" }).waitFor();
      expect(await problems.count()).toBe(2);
    },
  ));

test("of a plan in two editors, the one that has the keyboard says which node is meant", () =>
  Editor.journey("two-editors", { example: SAMPLE }, async (editor) => {
    const { workbench, page } = editor;
    await workbench.open("sample.plan.py");
    await workbench.lens("Run plan").waitFor();
    await workbench.caret(7, 5);
    await workbench.press("Control+Backslash");
    await expect.poll(() => page.locator(".editor-group-container").count()).toBe(2);
    await workbench.caret(14, 5);
    await workbench.press("Control+Alt+Enter");
    await workbench.known(/✓ .* · dict 3 items/).waitFor();
    await page.locator(".editor-group-container").first().locator(".codelens-decoration", { hasText: "dict 3" }).waitFor();
    // Both show what is known, in the gutter too.
    for (const group of await page.locator(".editor-group-container").all()) {
      await expect.poll(() => group.locator(".glyph-margin-widgets .cgmr").count()).toBe(2);
    }
    await workbench.command("CodeAct: Show Results");
    await workbench.view.getByRole("option", { name: /^by_product/, selected: true }).waitFor();
    await workbench.press("Control+1");
    await workbench.view.getByRole("option", { name: /^orders/, selected: true }).waitFor();
    await workbench.press("Control+2");
    await workbench.view.getByRole("option", { name: /^by_product/, selected: true }).waitFor();
  }));
