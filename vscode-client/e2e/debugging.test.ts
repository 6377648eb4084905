import { test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";

test("a breakpoint in a node is set by a key, is hit, and tells the values there and the level", () =>
  Editor.journey("debugging", { example: SAMPLE }, async (editor) => {
    const { workbench, page } = editor;
    await workbench.open("sample.plan.py");
    await workbench.lens("Run plan").waitFor();
    await workbench.caret(19, 5);
    await workbench.press("F9");
    await page.locator(".codicon-debug-breakpoint").first().waitFor();
    await workbench.command("CodeAct: Debug Node");
    await page.locator(".debug-top-stack-frame-line").first().waitFor();
    await page.locator(".debug-call-stack", { hasText: /by_product \(sandbox: strict\)/ }).first().waitFor();
    await page.locator(".debug-variables", { hasText: "cocoa" }).first().waitFor();
    await editor.picture("debugging");
    await workbench.press("F5");
    await page.locator(".debug-toolbar").waitFor({ state: "hidden" });
    await workbench.known(/✓ .* · dict 3 items/).waitFor();
  }));
