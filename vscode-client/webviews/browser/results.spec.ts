/** The results view in Chromium. */

import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { RunEvent, ToView } from "../../src/views/messages";
import { onAPage, posted, serve, tell } from "./page";
import { SALES, value } from "./plans";
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

const { page, url } = await onAPage("results");

beforeEach(async () => {
  await page.goto(url);
  await tell(page, { type: "plan", plan: SALES });
});

const answer = (more: Parameters<typeof value>[0], node = "orders"): ToView => ({
  type: "value",
  node,
  value: value(more),
});
const event = (name: string, time: number, more: object = {}): ToView => {
  return { type: "event", event: { event: name, run: "r", time, ...more } as RunEvent };
};
const tab = (name: string) => page.getByRole("tab", { name }).click();
const panel = () => page.getByRole("tabpanel");

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
    expect(await panel().textContent()).toContain("The first 1,000 of 1,204 rows of 3 columns.");
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
    expect(await panel().getByText("1.5").isVisible()).toBe(true);
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

  it("that a node failed to make is its error", async () => {
    await page.getByRole("option", { name: /^monthly/ }).click();
    await tell(page, { type: "value", node: "monthly", value: null });
    expect(await panel().textContent()).toBe("KeyError: 'amont'");
  });
});

describe("a run", () => {
  beforeEach(() =>
    tell(
      page,
      event("RunStarted", 100, { nodes: ["orders", "prices"], workers: 2 }),
      event("NodeStarted", 100.1, { node: "orders" }),
      event("NodeStarted", 100.1, { node: "prices" }),
      event("NodeOutput", 100.2, { node: "orders", stream: "stdout", text: "reading\n" }),
      event("NodeOutput", 100.3, { node: "orders", stream: "stderr", text: "<b>slow</b>\n" }),
      event("NodeSucceeded", 101.1, { node: "orders", result: value(), usage: { memory: 5_000_000 } }),
      event("NodeFailed", 100.6, { node: "prices", usage: { memory: 2_000_000 } }),
      event("RunFinished", 101.2, { status: "failed" }),
    ),
  );

  it("shows what each node wrote, stream by stream", async () => {
    await tab("Output");
    expect(await panel().locator(".output").allTextContents()).toEqual([
      "stdoutreading\n",
      "stderr<b>slow</b>\n",
    ]);
  });

  it("is a timeline of its nodes, each of which can be chosen", async () => {
    await tab("Timeline");
    const bars = await panel()
      .getByRole("group")
      .getByRole("button")
      .evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
    expect(bars).toEqual([
      "orders, done, 1.0 s, from 100 ms, row 1, 5 MB of memory",
      "prices, failed, 500 ms, from 100 ms, row 2, 2 MB of memory",
    ]);
    expect(await panel().textContent()).toContain("memory, at most 7 MB");
    await panel()
      .getByRole("button", { name: /^prices/ })
      .press("Enter");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("prices");
  });

  it("is as wide as there is room, with letters that can be read", async () => {
    await tab("Timeline");
    const wide = await panel().locator(".gantt").boundingBox();
    await page.setViewportSize({ width: 480, height: 700 });
    await expect.poll(async () => (await panel().locator(".gantt").boundingBox())?.width).toBeLessThan(340);
    const [letters] = await panel().locator(".gantt .time").evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
    expect(letters).toBeGreaterThan(8);
    expect(await panel().evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true);
    await page.setViewportSize({ width: 1100, height: 700 });
    await expect.poll(async () => (await panel().locator(".gantt").boundingBox())?.width).toBe(wide?.width);
  });

  it("is compared with the one before", async () => {
    const rows = (last: number) =>
      JSON.stringify({ kind: "table", columns: [["a", "int"]], rows: [[1], [last]], total: 2 });
    await tell(page, answer({ data: rows(2) }), answer({ digest: "d2", data: rows(3), size: "2×1" }));
    await tab("Compare");
    expect(
      await panel()
        .getByRole("row", { name: /^a, row 1/ })
        .textContent(),
    ).toBe("a, row 123");
    expect(await panel().getByRole("row", { name: /^Size/ }).textContent()).toBe("Size1,000×32×1");
  });

  it("is compared with one that was before the view was opened", async () => {
    const succeeded = (digest: string, preview: string): ToView =>
      event("NodeSucceeded", 1, { node: "prices", result: value({ digest, preview }) });
    await tell(page, succeeded("p1", "old\nkept"), succeeded("p2", "new\nkept"));
    await page.getByRole("option", { name: /^prices/ }).click();
    await tell(page, answer({ digest: "p2", preview: "new\nkept" }, "prices"));
    await tab("Compare");
    expect(await panel().locator(".diff div").allTextContents()).toEqual(["- old", "+ new", "  kept"]);
  });

  it("of earlier days can be looked at again", async () => {
    const [asked] = (await posted(page, "ask")).slice(-1);
    const call = {
      node: "orders",
      outcome: "ran",
      why: "it has not run yet",
      wall: 2,
      memory: 9_000_000,
      bytes: 5,
      error: "",
      place: "",
      at: 1e9 - 1,
    };
    const run = {
      run: "old",
      at: 1e9,
      status: "done",
      mode: "adaptive",
      workers: 1,
      seconds: 4,
      counts: { ran: 1 },
      nodes: [call],
    };
    const newer = { ...run, run: "new", at: 1e9 + 60, nodes: [] };
    await tell(page, { type: "answer", id: asked?.id ?? 0, result: [newer, run] });
    await tab("Runs");
    // In a narrow view no word is broken for want of room.
    await page.setViewportSize({ width: 460, height: 700 });
    const titles = await panel().locator("thead th").evaluateAll((all) => all.map((each) => each.scrollHeight));
    expect(Math.max(...titles)).toBeLessThan(30);
    await page.setViewportSize({ width: 1100, height: 700 });
    await panel().getByRole("button").first().click();
    await panel().getByRole("button", { name: "Earlier run" }).click();
    expect(await page.getByRole("tab", { selected: true }).textContent()).toBe("Timeline");
    expect(
      await panel()
        .getByRole("button", { name: "orders, done, 2.0 s, from 1.0 s, row 1, 9 MB of memory" })
        .count(),
    ).toBe(1);
  });

  it("is walked through by keyboard, tab by tab", async () => {
    await page.getByRole("tab", { name: "Value" }).focus();
    await page.keyboard.press("ArrowLeft");
    expect(await page.getByRole("tab", { selected: true }).textContent()).toBe("Tapes");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("tab", { selected: true }).textContent()).toBe("Output");
    await page.keyboard.press("End");
    expect(await page.getByRole("tab", { selected: true }).textContent()).toBe("Tapes");
    await page.keyboard.press("Home");
    expect(await page.getByRole("tab", { selected: true }).textContent()).toBe("Value");
  });
});
