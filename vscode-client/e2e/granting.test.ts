import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";
const PLAN = `"""Two nodes that write beside the plan, which no node may by itself."""

from pathlib import Path


def letter() -> int:
    """What to tell the others."""
    return Path("letter.txt").write_text("coffee sells best")


def other() -> int:
    """A second file."""
    return Path("other.txt").write_text("it is not asked for")
`;
const NAME = "letter.plan.py";
const RIGHT = "write letter.txt";

test("a right that a node was refused is granted on the expression: that one, to that plan, apart from the workspace", () =>
  Editor.journey(
    "granting",
    { example: SAMPLE, prepare: (folder) => writeFileSync(join(folder, NAME), PLAN) },
    async (editor) => {
      const { workbench, folder } = editor;
      const before = readdirSync(folder);
      await workbench.open(NAME);
      await workbench.run();
      await expect.poll(() => workbench.squiggles.count()).toBe(2);
      await workbench.caret(8, 12);
      await workbench.press("Control+k", "Control+i");
      await workbench.hover.filter({ hasText: "may not write" }).first().waitFor();
      await editor.picture("denied");
      await workbench.press("Escape");
      await workbench.hover.first().waitFor({ state: "hidden" });

      await workbench.mend(`Allow '${RIGHT}' for this plan`);
      // To ask for it is part of the plan, to give it is not.
      await workbench.lines.filter({ hasText: /Needs:.write.letter.txt/ }).waitFor();
      await workbench.run();
      await workbench.known(/✓ .* · int/).waitFor();
      await expect.poll(() => workbench.squiggles.count()).toBe(1);
      expect(readFileSync(join(folder, "letter.txt"), "utf8")).toBe("coffee sells best");
      expect(existsSync(join(folder, "other.txt"))).toBe(false);

      const kept = readFileSync(join(editor.home, "share", "grants.json"), "utf8");
      expect((JSON.parse(kept) as { plans: unknown }).plans).toEqual({ [join(folder, NAME)]: [RIGHT] });
      expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual(["letter.txt"]);
      expect(readFileSync(join(folder, NAME), "utf8")).toBe(PLAN);
      expect(await workbench.toasts.count()).toBe(0);
    },
  ));
