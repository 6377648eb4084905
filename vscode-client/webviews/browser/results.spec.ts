/** The results view in Chromium: its nodes, and what came of one. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { posted, serve, tell } from "./page";
import { SALES } from "./plans";
import { answer, onResults } from "./result-pages";
import { sheet, type Theme, THEMES } from "./themes";

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const TABLE = JSON.stringify({
  kind: "table",
  columns: [
    ["", "int64"],
    ["region", "str"],
    ["amount", "float64"],
  ],
  rows: Array.from({ length: 1000 }, (_, row) => [
    row,
    `region ${row % 7}`,
    row === 5 ? null : (row * 37) % 1000,
  ]),
  total: 1204,
});

const { page, panel } = await onResults();

describe("in each theme", () => {
  for (const theme of Object.keys(THEMES) as Theme[]) {
    it(`${theme}: nodes and tabs are told to screen readers`, async () => {
      const themed = await serve("results", sheet(theme));
      await page.goto(themed.url);
      await tell(page, { type: "plan", plan: SALES }, answer({ data: TABLE }));
      const tree = await page.locator("#root").ariaSnapshot();
      expect(tree).toContain('- option "orders, done, 800 ms · DataFrame 1,204×6" [selected]');
      expect(tree).toContain(`- 'option "monthly, failed, KeyError: ''amont''"'`);
      expect(tree).toContain('- tab "Value" [selected]');
      expect(tree).toContain('- row "0 region 0 0"');
      if (process.env["SHOTS"])
        await page.screenshot({ path: join(process.env["SHOTS"], `results-${theme}.png`) });
      themed.close();
    });
  }
});

describe("the nodes", () => {
  it("are those of the plan as it is, and only what changes is made anew", async () => {
    const names = () => page.getByRole("option").locator(".name").allTextContents();
    await page.getByRole("option", { name: /^prices/ }).evaluate((option) => option.setAttribute("data-old", ""));
    const states = SALES.states.map((each) => (each.node === "orders" ? { ...each, value: "list 3 items" } : each));
    await tell(page, { type: "plan", plan: { ...SALES, states } });
    expect(await page.getByRole("option", { name: /^orders, done, .*list 3 items/ }).count()).toBe(1);
    expect(await page.locator("[data-old]").count()).toBe(1);
    const graph = { ...SALES.graph, nodes: SALES.graph.nodes.filter(({ name }) => name !== "prices") };
    await tell(page, { type: "plan", plan: { ...SALES, graph } });
    expect(await names()).toEqual(graph.nodes.map(({ name }) => name));
    expect(await page.getByRole("listbox").getAttribute("aria-activedescendant")).toBe("node-0");
  });
});

describe("by the keyboard", () => {
  it("whoever comes to the view goes through the nodes at once, and back to the text", async () => {
    await page.keyboard.press("ArrowDown");
    expect(await page.getByRole("option", { selected: true }).getAttribute("aria-label")).toMatch(/^prices/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("listbox");
    await page.keyboard.press("Enter");
    expect(await posted(page, "reveal")).toEqual([{ type: "reveal", node: "prices", focus: true }]);
    expect(await posted(page, "back")).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await posted(page, "back")).toEqual([{ type: "back" }]);
  });

  it("a key that something in the view has use for does nothing else", async () => {
    await page.getByRole("tab", { name: "Value" }).press("End");
    expect(await page.getByRole("option", { selected: true }).getAttribute("aria-label")).toMatch(/^orders/);
  });
});

describe("a value", () => {
  it("is asked for when its node is chosen, by pointer or by keyboard", async () => {
    await page.getByRole("option", { name: /^cleaned/ }).click();
    await page.getByRole("listbox").press("ArrowDown");
    expect((await posted(page, "value")).map(({ node }) => node)).toEqual(["orders", "cleaned", "archive"]);
  });

  it("that is a table is sorted by its type, and only what is in sight is in the page", async () => {
    await tell(page, answer({ data: TABLE }));
    expect(await page.locator(".rows .row").count()).toBeLessThan(60);
    // Numbers, their name and what is missing among them end at the same place.
    const ends = await page.locator(".row .cell:nth-child(3)").evaluateAll((all) => all.slice(0, 9).map((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return Math.round(range.getBoundingClientRect().right);
    }));
    expect(new Set(ends).size).toBe(1);
    expect(await page.getByRole("table").getAttribute("aria-rowcount")).toBe("1205");
    await page.getByRole("button", { name: "amount" }).click();
    const first = page.locator(".rows .row").first();
    expect(await first.textContent()).toBe("0region 00");
    await page.getByRole("button", { name: "amount" }).click();
    expect(await first.textContent()).toBe("27region 6999");
    expect(await page.getByRole("columnheader", { name: "amount" }).getAttribute("aria-sort")).toBe(
      "descending",
    );
    await page.locator(".window").evaluate((window) => window.scrollTo(0, window.scrollHeight));
    await expect.poll(() => page.locator(".rows .row").last().textContent()).toBe("5region 5—");
    const note = panel().getByText("The first 1,000 of 1,204 rows of 2 columns");
    expect(await note.textContent()).toMatch(/, sorted among themselves: the rest is not in this view\.$/);
    const title = await page.getByRole("button", { name: "amount" }).getAttribute("title");
    expect(title).toBe("Sort the 1,000 rows that are here by amount");
  });

  it("that is nested is opened part by part", async () => {
    const root = {
      items: [
        ["rates", { list: [1.5, { other: "<object>" }], more: 3 }],
        ["name", "x"],
      ],
      more: 0,
    };
    await tell(page, answer({ data: JSON.stringify({ kind: "tree", root }) }));
    expect(await panel().getByText("1.5").count()).toBe(0);
    await page.getByText("rates").click();
    await panel().getByText("1.5").waitFor(); // A part is made once the page has told that it was opened.
    expect(await panel().textContent()).toContain("and 3 more items");
  });

  it("that is a figure is a picture, and any other its text", async () => {
    await tell(page, answer({ png: PIXEL, type: "Figure", size: "" }));
    expect(
      await panel()
        .getByRole("img")
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBe(1);
    await tell(page, answer({ digest: "d2", preview: "just text", data: "{no JSON" }));
    expect(await panel().locator("pre").textContent()).toBe("just text");
  });

  it("is text, whatever is in it", async () => {
    const attack = "<img src=x onerror=alert(1)>";
    const data = JSON.stringify({
      kind: "table",
      columns: [[attack, attack]],
      rows: [[attack], [{ a: attack }]],
      total: 1,
    });
    await tell(page, answer({ data, preview: attack, type: attack }));
    expect(await page.locator("img").count()).toBe(0);
    expect(await panel().getByRole("cell").first().textContent()).toBe(attack);
  });

  it("that a node failed to make is all that is known of the failure, and leads to its places", async () => {
    await tell(page, answer({ digest: "good", preview: "12 rows" }, "monthly"));
    await page.getByRole("option", { name: /^monthly/ }).click();
    const [asked] = (await posted(page, "ask")).filter(({ command }) => command === "codeact.failure");
    expect(asked?.argument).toEqual({ node: "monthly" });
    const at = (line: number, from: number, to: number) => ({
      start: { line, character: from },
      end: { line, character: to },
    });
    const failure = {
      headline: "KeyError: 'amont'",
      notes: ["There is 'amount'."],
      range: at(11, 16, 23),
      line: '    return rows["amont"].sum()',
      values: [{ text: "rows", value: "<img src=x>" }],
      places: [{ message: "made here", node: "orders", range: at(3, 4, 10) }],
      fixes: ["Rename 'amont' to 'amount': runs, 28 ms"],
      searching: true,
    };
    await tell(page, { type: "answer", id: asked?.id ?? 0, result: failure });
    expect(await panel().locator("mark").textContent()).toBe('"amont"');
    // The line looks as in the text, in the letters and on the ground of the values below it.
    const looks = await panel()
      .locator(".failing code, pre")
      .evaluateAll((all) => all.map((each) => getComputedStyle(each)).map((one) => one.fontFamily + one.backgroundColor));
    expect(looks.length).toBeGreaterThan(1);
    expect(new Set(looks).size).toBe(1);
    for (const part of ["There is 'amount'.", "<img src=x>", "made here", "12 rows", "Looking for more"])
      expect(await panel().textContent()).toContain(part);
    await panel().getByRole("button", { name: "line 12" }).click();
    await panel().getByRole("button", { name: "orders, line 4" }).click();
    await panel().getByRole("button", { name: /^Rename/ }).click();
    expect((await posted(page, "place")).map(({ range, fixes }) => [range, fixes])).toEqual([
      [failure.range, false],
      [at(3, 4, 10), false],
      [failure.range, true],
    ]);
  });

  it("that a node failed to make is its error until more is known", async () => {
    await page.getByRole("option", { name: /^monthly/ }).click();
    await tell(page, { type: "value", node: "monthly", value: null });
    expect(await panel().textContent()).toBe("KeyError: 'amont'");
  });
});
