import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";

test("from red to green: run, see the expression, take the fix that has been run", () =>
  Editor.journey("red-to-green", { example: SAMPLE }, async (editor) => {
    const { workbench, page } = editor;
    await workbench.open("sample.plan.py");
    await workbench.click(workbench.lens("Run plan"), workbench.squiggles.first());
    await workbench.known("AttributeError: 'dict' object has no attribute 'gett'").waitFor();
    await workbench.status("Plan: 1 failed").waitFor();

    await workbench.caret(24, 43);
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await workbench.hover.filter({ hasText: "has no attribute 'gett'" }).first().waitFor();
    await workbench.hover.filter({ hasText: /by_product.=.\{'cocoa'/ }).first().waitFor();
    await editor.picture("red");
    await page.keyboard.press("Escape");

    const fixes = await workbench.quickFixes();
    await fixes.filter({ hasText: "Rename 'gett' to 'get'" }).first().waitFor();
    await page.keyboard.press("Enter");
    await workbench.lines.filter({ hasText: "key=by_product.get)" }).waitFor();
    await page.keyboard.press("Control+Alt+Shift+Enter");
    await workbench.known(/✓ .* · str/).waitFor();
    expect(await workbench.squiggles.count()).toBe(0);

    await page.keyboard.press("Control+s");
    const text = (): string => readFileSync(join(editor.folder, "sample.plan.py"), "utf8");
    await expect.poll(text, { timeout: 60_000 }).toContain("key=by_product.get)");
    expect(editor.strangers).toEqual([]);
  }));

test("the graph shows the states, and leads to the text", () =>
  Editor.journey("graph", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    await workbench.run();
    await workbench.known("AttributeError").waitFor();
    await workbench.command("CodeAct: Show Graph");
    const node = await workbench.view('[role="button"][aria-label^="best"]');
    await workbench.inView('[role="button"][aria-label^="best"][aria-label*="failed"]').waitFor();
    await node.click();
    await workbench.currentLine.filter({ hasText: "22" }).waitFor();
    await editor.picture("graph");
  }));

test("what stands beside the code can be switched off, each by a command", () =>
  Editor.journey("switches", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    await workbench.run();
    const value = workbench.lines.filter({ hasText: /=.dict.3.items/ });
    await value.waitFor();
    await workbench.icons.first().waitFor();

    await workbench.command("CodeAct: Toggle Results Beside the Code");
    await value.waitFor({ state: "detached" });
    await workbench.command("CodeAct: Toggle State in the Gutter");
    await workbench.icons.first().waitFor({ state: "detached" });
  }));

test("in Restricted Mode a plan is read and drawn, and nothing of it runs", () =>
  Editor.journey("restricted", { example: SAMPLE, trusted: false }, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    await workbench.banner.filter({ hasText: "Restricted Mode" }).waitFor();
    await workbench.status("Plan: restricted").waitFor();
    const refusal = workbench.toasts.filter({ hasText: "not trusted: nothing of it is run" });
    await workbench.click(workbench.lens("Run plan"), refusal);
    expect(await workbench.known("✓").count()).toBe(0);
  }));

test("a server that crashes is started again, and what was open is known to it", () =>
  Editor.journey("crash", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    await workbench.lens("Run plan").waitFor();
    await workbench.caret(1, 1);
    const [first] = editor.servers();
    expect(first).toBeDefined();
    process.kill(first ?? 0, "SIGKILL");
    await expect.poll(() => editor.servers().some((pid) => pid !== first), { timeout: 60_000 }).toBe(true);
    await editor.page.keyboard.press("Control+Alt+Shift+Enter");
    await workbench.squiggles.first().waitFor();
  }));

test("without a server one is offered to be set up, and why is told", () =>
  Editor.journey("missing", { example: SAMPLE, settings: { "codeact.server.path": "" } }, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    const offer = workbench.toasts.filter({ hasText: "no Python here has it" });
    await offer.getByText("Set Up").waitFor();
    await offer.getByText("Show Logs").click();
    await workbench.panel.filter({ hasText: /without.codeact-lsp/ }).first().waitFor();
  }));
