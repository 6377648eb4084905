import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";
const NAME = "total.plan.py";
const PLAN = `"""Some numbers and their sum."""

import sys


def rows() -> list[int]:
    """The numbers."""
    print("three numbers are made")
    print("nobody counted them", file=sys.stderr)
    return [1, 2, 3]


def total(rows: list[int]) -> int:
    """Their sum."""
    if not rows:
        return 0
    return sum(rows)


def told(total: int) -> str:
    """The sum in words."""
    return f"{total} in all"
`;
/** A plan of twelve nodes, which takes some seconds: there is always something in it that changes. */
const SLOW = ["import time", ...Array.from({ length: 12 }, (_, index) => slowNode(index))].join("\n\n\n");

function slowNode(index: number): string {
  const needs = index > 0 ? `step_${String(index - 1)}: int` : "";
  return `def step_${String(index)}(${needs}) -> int:\n    time.sleep(0.4)\n    return ${String(index)}`;
}

const options = { example: SAMPLE, prepare: (folder: string) => writeFileSync(join(folder, NAME), PLAN) };

function withSlow(folder: string): void {
  writeFileSync(join(folder, "slow.plan.py"), SLOW);
}

test("the tree of nodes, the menus, the lines that ran, and where the server comes from", () =>
  Editor.journey("around", options, async (editor) => {
    const { workbench, page } = editor;
    const item = (name: RegExp) => page.getByRole("treeitem", { name });
    await workbench.open(NAME);
    await workbench.lens("Run plan").waitFor();
    await page.locator('[id="status.languageStatus"]').hover();
    await page.locator(".hover-language-status", { hasText: "the setting codeact.server.path" }).waitFor();

    await page.locator(".pane-header", { hasText: /^Plan/ }).click();
    await item(/^told, not run/).waitFor();
    await workbench.choiceOf(item(/^rows, not run/), "Run Node with Downstream");
    await item(/^told, ✓ .* · str/).waitFor();
    await item(/^total, ✓/).click();
    await workbench.currentLine.filter({ hasText: "13" }).waitFor();
    // Below a node is what it needs.
    await item(/^total, ✓/).locator(".monaco-tl-twistie").click();
    await expect.poll(() => item(/^rows, ✓/).count()).toBe(2);

    await workbench.choiceOf(workbench.lines.filter({ hasText: "sum(rows)" }), "CodeAct", "Clear Results");
    await item(/^told, not run/).waitFor();
    await workbench.command("CodeAct: Toggle Lines That Ran");
    await workbench.choiceOf(workbench.lines.filter({ hasText: "sum(rows)" }), "CodeAct", "Run Plan");
    await item(/^told, ✓/).waitFor();
    await expect.poll(() => workbench.stripes("dotted")).toBe(1);
    await expect.poll(() => workbench.stripes("solid")).toBeGreaterThan(3);
    await editor.picture("coverage");
    await workbench.command("CodeAct: Toggle Lines That Ran");
    await expect.poll(() => workbench.stripes("solid")).toBe(0);
    expect(await workbench.toasts.count()).toBe(0);
  }));

test("the menu of a node in the tree stays while a run goes on, and is about that node", () =>
  Editor.journey("tree-menu", { example: SAMPLE, prepare: withSlow }, async (editor) => {
    const { workbench, page } = editor;
    const item = (name: RegExp) => page.getByRole("treeitem", { name });
    await workbench.open("slow.plan.py");
    await workbench.lens("Run plan").waitFor();
    await page.locator(".pane-header", { hasText: /^Plan/ }).click();
    await item(/^step_1, not run/).waitFor();
    await workbench.run();
    await item(/^step_1, ✓/).click({ button: "right" });
    const entry = page.locator(".monaco-menu").getByText("Go to Node", { exact: true });
    await entry.waitFor();
    await workbench.status(/Plan: sandbox strict/).waitFor();
    await entry.click();
    await workbench.status("Ln 9,").waitFor();
  }));

test("what nodes wrote, a view that stays with its plan, and one that loads nothing from elsewhere", () =>
  Editor.journey("apart", options, async (editor) => {
    const { workbench } = editor;
    const { view } = workbench;
    await workbench.open(NAME);
    await workbench.command("CodeAct: Show Results");
    await view.getByRole("option", { name: /^told, / }).click();
    await view.getByRole("button", { name: "Run", exact: true }).click();
    await view.getByRole("option", { name: /^told, done/ }).waitFor();
    await view.getByRole("option", { name: /^rows, / }).click();
    await view.getByRole("tab", { name: "Output" }).click();
    await view.locator(".output.stdout", { hasText: "three numbers are made" }).waitFor();
    await view.locator(".output.stderr", { hasText: "nobody counted them" }).waitFor();
    await expectSealed(editor);

    await workbench.close("Plan Results");
    await workbench.command("CodeAct: Show Graph");
    await view.getByRole("button", { name: "Pin" }).click();
    await workbench.toText();
    await workbench.open("sample.plan.py");
    await workbench.lens("Run plan (4 of 4 to run)").waitFor();
    await workbench.inView('.unit[data-unit="told"]').waitFor();
    await view.getByRole("button", { name: "Pin" }).click();
    await workbench.toText();
    await workbench.inView('.unit[data-unit="by_product"]').waitFor();
    await expectSealed(editor);
  }));

/** The one view that is open runs no script and loads no picture that is not its own, and asks for nothing. */
async function expectSealed({ workbench }: Editor): Promise<void> {
  const page = workbench.inView("body");
  await page.evaluate((body) => {
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
      body.dataset["refused"] = [body.dataset["refused"], effectiveDirective].filter(Boolean).join(" ");
    });
    const [script, picture] = [document.createElement("script"), document.createElement("img")];
    script.textContent = "document.body.dataset.ran = 'yes'";
    picture.src = "http://127.0.0.1:9/picture.png";
    body.append(script, picture);
    fetch("http://127.0.0.1:9/").catch(() => {});
  });
  const refused = (): Promise<string[]> => page.evaluate((body) => (body.dataset["refused"] ?? "").split(" ").toSorted());
  await expect.poll(refused).toEqual(["connect-src", "img-src", "script-src-elem"]);
  expect(await page.evaluate((body) => body.dataset["ran"])).toBeUndefined();
}
