import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";
const THEMES = [
  ["Default Dark Modern", "dark"],
  ["Default Light Modern", "light"],
  ["Default High Contrast", "high-contrast"],
] as const;

test.each(THEMES)("in the theme %s the graph says the same, and looks as such", (theme, kind) =>
  Editor.journey(kind, { example: SAMPLE, settings: { "workbench.colorTheme": theme } }, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    await workbench.run();
    await workbench.known("AttributeError").waitFor();
    await workbench.command("CodeAct: Show Graph");
    await workbench.inView('.unit[aria-label*="blocked"]').waitFor();
    await workbench.inView(`body.vscode-${kind}`).waitFor();
    const tree = await workbench.view.ariaSnapshot();
    expect(tree).toMatch(/button "orders, done, .*needs no node, needed by by_product"/);
    expect(tree).toMatch(/button "best, failed, AttributeError: .*needs by_product, needed by report"/);
    expect(tree).toMatch(/button "report, blocked, /);
    await editor.picture(`graph-${kind}`);
  }));
