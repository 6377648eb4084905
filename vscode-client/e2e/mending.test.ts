import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor, KEPT } from "./editor";
import { measured } from "./measured";

const SAMPLE = "vscode-client/sample";
const FIX = "Rename 'gett' to 'get'";

test("from red to green: run, see the expression, take the fix that has been run", () =>
  Editor.journey("red-to-green", { example: SAMPLE }, async (editor) => {
    const { workbench, page } = editor;
    const film = editor.film();
    await workbench.open("sample.plan.py");
    await workbench.lens("Run plan").waitFor();
    await film.shoot(1.5);
    await workbench.take("Run plan", workbench.lens("■ Cancel").or(workbench.squiggles).first());
    await workbench.squiggles.first().waitFor();
    await workbench.known("AttributeError: 'dict' object has no attribute 'gett'").waitFor();
    await workbench.status("Plan: 1 failed").waitFor();
    await film.shoot(2);

    await workbench.caret(24, 43);
    await workbench.press("Control+k", "Control+i");
    await workbench.hover.filter({ hasText: "has no attribute 'gett'" }).first().waitFor();
    await workbench.hover.filter({ hasText: /by_product.=.\{'cocoa'/ }).first().waitFor();
    await editor.picture("red");
    await film.shoot(3);
    await workbench.press("Escape");
    await workbench.hover.first().waitFor({ state: "hidden" });

    await workbench.offered(FIX);
    await film.shoot(2.5);
    await workbench.press("Enter");
    await workbench.lines.filter({ hasText: "key=by_product.get)" }).waitFor();
    const began = performance.now();
    await workbench.press("Control+Alt+Shift+Enter");
    await workbench.known(/✓ .* · str/).waitFor();
    measured("from the key to the last result in the window, warm", performance.now() - began, 1_000);
    await expect.poll(() => workbench.squiggles.count()).toBe(0);
    await film.shoot(3);

    await page.keyboard.press("Control+s");
    const text = (): string => readFileSync(join(editor.folder, "sample.plan.py"), "utf8");
    await expect.poll(text).toContain("key=by_product.get)");
    mkdirSync(KEPT, { recursive: true });
    await film.develop(join(KEPT, "red-to-green.png"));
  }));
