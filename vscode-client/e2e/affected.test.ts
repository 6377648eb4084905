import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";
const NAME = "words.plan.py";
const PLAN = `"""Which words does a text use most?"""

from collections import Counter


def words() -> list[str]:
    """The words."""
    return "tea cocoa tea".split()


def loud(words: list[str]) -> list[str]:
    """All of them in capitals."""
    return [word.uper() for word in words]


def frequent(words: list[str]) -> list[tuple[str, int]]:
    """The most frequent one."""
    return Counter(words).most_comon(1)


def untouched(text: str = "mate") -> int:
    """Nobody asks for this one, and it needs none of the others."""
    return len(text)
`;

test("all fixes at once and back, what edits affected, and a save that runs it once it may", () =>
  Editor.journey(
    "affected",
    { example: SAMPLE, prepare: (folder) => writeFileSync(join(folder, NAME), PLAN) },
    async (editor) => {
      const { workbench, page } = editor;
      const { view } = workbench;
      const line = (text: RegExp) => workbench.lines.filter({ hasText: text });
      await workbench.open(NAME);
      await workbench.lens("Run plan (4 of 4 to run").waitFor();
      for (const place of [13, 18]) {
        await workbench.caret(place, 5);
        await workbench.press("Control+Alt+Enter");
        await expect.poll(() => workbench.squiggles.count()).toBe(place === 13 ? 1 : 2);
      }

      await workbench.command("CodeAct: Apply All Preferred Fixes");
      await line(/word.upper\(\)/).waitFor();
      await line(/most_common\(1\)/).waitFor();
      await workbench.press("Control+z");
      await line(/word.uper\(\)/).waitFor();
      await line(/most_comon\(1\)/).waitFor();
      await expect.poll(() => workbench.squiggles.count()).toBe(2);
      await workbench.press("Control+Shift+z");
      await expect.poll(() => workbench.squiggles.count()).toBe(0);

      // An edit of the first node affects the two that were run, and not the one that never was and needs none of them.
      const text = () => readFileSync(join(editor.folder, NAME), "utf8");
      const add = async (column: number) => {
        await workbench.caret(8, column);
        await page.keyboard.type(" tea");
        await workbench.caret(1, 1);
        await workbench.lens("Run plan (4 of 4 to run").waitFor();
      };
      await add(26);
      await workbench.command("CodeAct: Run What Edits Affected");
      await workbench.lens("Run plan (1 of 4 to run").waitFor();
      await expect.poll(() => workbench.known(/list 4 items/).count()).toBe(1);

      // A save runs nothing before that is asked for, and then the same.
      await add(30);
      await page.keyboard.press("Control+s");
      await expect.poll(text).toContain('"tea cocoa tea tea tea"');
      await workbench.command("CodeAct: Toggle Run on Save");
      await add(34);
      await page.keyboard.press("Control+s");
      await workbench.lens("Run plan (1 of 4 to run").waitFor();
      await workbench.known(/list 6 items/).waitFor();
      expect(text()).toContain('"tea cocoa tea tea tea tea"');

      // The two nodes, what the fixes affected, and the second save: the first one is not among the runs.
      await workbench.command("CodeAct: Show Results");
      await view.getByRole("tab", { name: "Runs" }).click();
      await expect.poll(() => view.getByRole("tabpanel").getByRole("button").count()).toBe(4);
    },
  ));
