import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor, PYTHON } from "./editor";

const SAMPLE = "vscode-client/sample";
const NAME = "tables.plan.py";
const ROWS = 1_500;
const PLAN = `"""A table that is longer than what is shown of it, beside a node that holds memory."""

import time

import pandas as pd


def sales(rows: int = ${String(ROWS)}) -> pd.DataFrame:
    """Sales of some days."""
    return pd.DataFrame({"day": range(rows), "product": ["tea", "cocoa", "mate"] * (rows // 3)})


def held(rows: int = ${String(ROWS)}) -> int:
    """Holds 60 MB for a moment."""
    kept = bytearray(60_000_000)
    time.sleep(0.5)
    return len(kept) + rows


def both(sales: pd.DataFrame, held: int) -> int:
    return len(sales) + held
`;

test("a table is in the hover and, sorted, in the results view, and the timeline has the memory along it", () =>
  Editor.journey(
    "tables",
    {
      example: SAMPLE,
      settings: { "codeact.interpreter": PYTHON },
      prepare: (folder) => writeFileSync(join(folder, NAME), PLAN),
    },
    async (editor) => {
      const { workbench } = editor;
      const { view } = workbench;
      await workbench.open(NAME);
      await workbench.run();
      await workbench.known(/✓ .* · DataFrame 1,500×2/).waitFor();
      await workbench.known(/✓ .* · int 60001500/).waitFor();
      await workbench.caret(8, 6);
      await workbench.press("Control+k", "Control+i");
      const table = workbench.hover.filter({ hasText: "1,500×2" }).first();
      await table.waitFor();
      const lines = (await table.innerText()).split("\n").filter((line) => /^\d+\s+\d+\s+(tea|cocoa|mate)$/.test(line));
      expect(lines.length).toBeGreaterThan(9);
      // Columns that stand below each other: each line of the table is as long as the others.
      expect(new Set(lines.map((line) => line.length)).size).toBe(1);
      await editor.picture("hover-table");
      await workbench.press("Escape");

      await workbench.command("CodeAct: Show Results");
      await view.getByText("The first 1,000 of 1,500 rows of 2 columns.").waitFor();
      const day = view.getByRole("button", { name: "day", exact: true });
      await day.click();
      await day.click();
      await view.getByText(/sorted among themselves: the rest is not in this view/).waitFor();
      await expect.poll(() => workbench.inView(".rows .row").textContent()).toMatch(/^999999/);

      await view.getByRole("tab", { name: "Timeline" }).click();
      await view.getByRole("button", { name: /^held, done, .* of memory$/ }).waitFor();
      const said = await view.getByText(/^memory, at most \d+ MB$/).textContent();
      expect(Number(/\d+/.exec(said ?? "")?.[0])).toBeGreaterThanOrEqual(60);
      const [line, picture] = await Promise.all(
        [".memory", ".gantt"].map((part) => workbench.inView(part).boundingBox()),
      );
      expect(line?.width).toBeGreaterThan((picture?.width ?? 0) * 0.9);
      expect(line?.height).toBeGreaterThan(20);
      await editor.picture("timeline");
    },
  ));
