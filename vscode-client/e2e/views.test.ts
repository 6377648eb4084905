import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";

/** The first node of the sample writes something. */
function withWords(folder: string): void {
  const path = join(folder, "sample.plan.py");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace("    with orders", '    print("two", "words")\n    with orders'));
}

test("the graph shows the states, leads to the text, follows the caret, and runs a node", () =>
  Editor.journey("graph", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    const node = (name: string, ...told: readonly string[]) =>
      workbench.view.locator(`.unit[aria-label^="${name}, "]${told.map((each) => `[aria-label*="${each}"]`).join("")}`);
    await workbench.open("sample.plan.py");
    await workbench.run();
    await workbench.known("AttributeError").waitFor();
    await workbench.command("CodeAct: Show Graph");
    await node("report", "blocked").waitFor();
    await node("best", "failed").click();
    await workbench.currentLine.filter({ hasText: "22" }).waitFor();
    await editor.picture("graph");

    await workbench.toText();
    await workbench.caret(14, 5);
    await workbench.view.locator('.unit[data-unit="by_product"][aria-pressed="true"]').waitFor();
    await workbench.press("Control+End", "Enter");
    await workbench.page.keyboard.type("def late(orders: list) -> int: return len(orders)");
    await node("late", "needs orders").click();
    await node("late").press("r");
    await node("late", "done").waitFor();
  }));

test("values, output and the course of a run are seen in the results view", () =>
  Editor.journey("results", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    const { view } = workbench;
    await workbench.open("sample.plan.py");
    await workbench.run();
    await workbench.known("AttributeError").waitFor();
    await workbench.caret(7, 5);
    await workbench.command("CodeAct: Show Results");
    await view.getByRole("option", { name: /^orders, done/, selected: true }).waitFor();
    await view.getByRole("columnheader", { name: /^product/ }).waitFor();
    await editor.picture("results");

    await view.getByRole("option", { name: /^by_product/ }).click();
    await view.getByRole("tabpanel").getByText("cocoa").first().waitFor();
    await view.getByRole("option", { name: /^best, failed/ }).click();
    await view.getByRole("tabpanel").getByText("has no attribute 'gett'").first().waitFor();
    await view.locator("mark", { hasText: "gett" }).waitFor();
    await view.getByRole("row", { name: /^by_product \{'cocoa'/ }).waitFor();
    await view.getByRole("button", { name: "Rename 'gett' to 'get': runs" }).waitFor();
    await editor.picture("results-failed");
    await view.getByRole("button", { name: "line 24" }).click();
    await workbench.status("Ln 24,").waitFor();
    await view.getByRole("tab", { name: "Timeline" }).click();
    await view.getByRole("button", { name: /^orders, done/ }).waitFor();
    await view.getByRole("tab", { name: "Runs" }).click();
    await expect.poll(() => view.getByRole("tabpanel").getByRole("button").count()).toBeGreaterThan(0);

    // A view that is opened later knows the result before the last one as well.
    await workbench.close("Plan Results");
    await workbench.caret(19, 18);
    await workbench.page.keyboard.type(' | {"mate": 1.0}');
    await workbench.press("Control+Alt+Enter");
    await workbench.known(/✓ .* · dict 4 items/).waitFor();
    await workbench.command("CodeAct: Show Results");
    await view.getByRole("tab", { name: "Compare" }).click();
    await view.getByRole("row", { name: /^Size 3 items 4 items/ }).waitFor();
  }));

test("what a node wrote is there for a view that is opened after a run that reused it", () =>
  Editor.journey("written", { example: SAMPLE, prepare: withWords }, async (editor) => {
    const { workbench } = editor;
    const { view } = workbench;
    await workbench.open("sample.plan.py");
    await workbench.lens("Run plan").waitFor();
    await workbench.run();
    await workbench.known("AttributeError").waitFor();
    await workbench.run();
    await workbench.known(/✓ .* · reused/).waitFor();
    await workbench.caret(7, 5);
    await workbench.command("CodeAct: Show Results");
    await view.getByRole("tab", { name: "Output" }).click();
    await view.getByRole("tabpanel").getByText("two words").waitFor();
    await view.getByRole("tab", { name: "Runs" }).click();
    await view.getByRole("tabpanel").getByText(/\d reused/).first().waitFor();
  }));

test("a run is kept on a tape, and is gone through again step by step, with the nodes as they were", () =>
  Editor.journey("tapes", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    const { view } = workbench;
    const told = (text: RegExp) => view.getByRole("status").filter({ hasText: text });
    await workbench.open("sample.plan.py");
    await workbench.lens("Run plan").waitFor();
    await workbench.command("CodeAct: Show Results");
    await view.getByRole("tab", { name: "Tapes" }).click();
    await view.getByRole("button", { name: "Keep tapes of runs" }).click();
    await view.getByText("Each run has a tape").waitFor();
    await workbench.toText();
    await workbench.run();
    await workbench.known("AttributeError").waitFor();

    await view.getByRole("tabpanel").getByRole("button").click();
    await told(/^Step 1 of \d+: codeact run sample.plan.py/).waitFor();
    await view.getByRole("option", { name: "orders, not run" }).waitFor();
    await workbench.press("End", "ArrowLeft");
    await told(/the run is failed/).waitFor();
    await view.getByRole("option", { name: /✗ best/ }).click();
    await view.getByRole("option", { name: "report, queued" }).waitFor();
    await view.getByRole("region", { name: "Step" }).getByText("by_product = {").waitFor();
    await editor.picture("tapes");

    // The graph takes the place of the results beside the text, and is of the same moment.
    await workbench.toText();
    await workbench.command("CodeAct: Show Graph");
    await workbench.inView('.unit[aria-label^="report, queued"]').waitFor();
    await view.getByRole("button", { name: /^Step \d+ of \d+, run of / }).click();
    await workbench.inView('.unit[aria-label^="report, blocked"]').waitFor();
    await workbench.command("CodeAct: Show Results");
    await told(/✗ best/).waitFor();
    await view.getByRole("button", { name: "All tapes" }).click();
    await view.getByRole("option", { name: "report, blocked" }).waitFor();
  }));

test("a window that is opened again has the view of the plan in it, though that has the focus", () =>
  Editor.journey("again", { example: SAMPLE }, async (editor) => {
    const { workbench, page } = editor;
    const orders = workbench.inView('.unit[data-unit="orders"]');
    await workbench.open("sample.plan.py");
    await workbench.lens("Run plan").waitFor();
    await workbench.command("CodeAct: Show Graph");
    await orders.click();
    // VS Code keeps what is open when it reloads by itself; a browser that does may be too quick for it.
    const again = page.waitForEvent("load");
    await workbench.command("Developer: Reload Window");
    await again;
    await orders.waitFor();
  }));
