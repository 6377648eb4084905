import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";
const FIX = "Rename 'gett' to 'get'";

test("with the keyboard alone: open, run, go to the failure, and mend it with two keys", () =>
  Editor.journey("keyboard", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    await workbench.press("Control+p");
    await workbench.choose("sample.plan.py", "sample.plan.py");
    await workbench.focused.waitFor();
    await workbench.lens("Run plan").waitFor();
    // The caret is in no node.
    await workbench.asks("CodeAct: Run Node");
    await workbench.choose("orders", "orders");
    await workbench.known(/✓ .* · list 5 items/).waitFor();
    await workbench.press("Control+Alt+Shift+Enter");
    await workbench.squiggles.first().waitFor();

    const told = editor.page.locator(".marker-widget");
    await workbench.press("F8");
    await told.filter({ hasText: "has no attribute 'gett'" }).waitFor();
    await workbench.press("Escape");
    await told.waitFor({ state: "hidden" });
    await workbench.status("Ln 24,").waitFor();
    await workbench.offered(FIX);
    await workbench.press("Enter");
    await expect.poll(() => workbench.squiggles.count()).toBe(0);
    await workbench.press("Control+Alt+Shift+Enter");
    await workbench.known(/✓ .* · str/).waitFor();

    await workbench.command("CodeAct: Show Graph");
    // That the fix was tried has left results: the run may have reused them.
    await workbench.inView(':is([aria-label^="best, done"], [aria-label^="best, reused"])').waitFor();
    await workbench.press("Control+2");
    await workbench.hasKeyboard();
    await workbench.press("Home", "ArrowDown");
    await workbench.view.locator('.unit[data-unit="by_product"]:focus').waitFor();
    await workbench.press("Enter");
    await workbench.focused.waitFor();
    await workbench.status("Ln 13,").waitFor();

    await workbench.close("Plan Graph");
    await workbench.command("CodeAct: Show Results");
    await workbench.inView('[role="option"][aria-label^="by_product"][aria-selected="true"]').waitFor();
    await workbench.press("Control+2");
    await workbench.hasKeyboard();
    await workbench.press("ArrowDown");
    await workbench.inView('[role="option"][aria-label^="best"][aria-selected="true"]').waitFor();
    await workbench.tabTo("#tab-Value");
    await workbench.press("End");
    await workbench.view.getByRole("tab", { name: "Tapes", selected: true }).waitFor();
    await workbench.press("Escape");
    await workbench.focused.waitFor();
    await workbench.status("Ln 13,").waitFor();
  }));
