/** The results view in Chromium: what came of a run, and of the runs before it. */

import { beforeEach, describe, expect, it } from "vitest";
import type { ToView } from "../../src/views/messages";
import { posted, tell } from "./page";
import { value } from "./plans";
import { answer, event, onResults } from "./result-pages";

const { page, tab, panel } = await onResults();

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
