/** The graph view in Chromium while things happen to its plan. */

import { beforeEach, describe, expect, it } from "vitest";
import { onGraphs } from "./graphs";
import { posted, tell } from "./page";
import { SALES, state } from "./plans";

const { page, unit, pressed } = await onGraphs();

describe("as things happen", () => {
  beforeEach(() => tell(page, { type: "plan", plan: SALES }));

  it("it follows the caret, unless it is pinned", async () => {
    await tell(page, { type: "caret", node: "prices" });
    expect(await pressed("prices")).toBe("true");
    await page.getByRole("button", { name: "Pin" }).click();
    await tell(page, { type: "caret", node: "report" });
    expect(await pressed("prices")).toBe("true");
    expect(await posted(page, "pin")).toEqual([{ type: "pin", pinned: true }]);
  });

  it("what waits for its turn is queued, and a state changes no place", async () => {
    const before = await unit("archive").getAttribute("transform");
    await tell(page, { type: "event", event: { event: "RunStarted", nodes: ["archive", "report"] } });
    expect(await unit("archive").getAttribute("aria-label")).toContain("archive, queued");
    await tell(page, { type: "event", event: { event: "NodeStarted", node: "archive" } });
    const states = [...SALES.states, state("archive", "running", { wall: null })];
    await tell(page, { type: "plan", plan: { ...SALES, states, running: true } });
    expect(await unit("archive").getAttribute("aria-label")).toContain("archive, running");
    expect(await unit("archive").getAttribute("transform")).toBe(before);
    expect(await page.getByRole("button", { name: "Stop" }).isEnabled()).toBe(true);
  });

  it("a moment of a tape is shown in place of the present, and says so, until it is left", async () => {
    const states = [state("orders", "done"), state("prices", "failed", { error: "OSError" })];
    const past = { about: "Step 8 of 17, run of May 28", states, queued: ["cleaned"] };
    await tell(page, { type: "plan", plan: { ...SALES, past } });
    expect(await unit("prices").getAttribute("aria-label")).toContain("prices, failed, OSError");
    expect(await unit("cleaned").getAttribute("aria-label")).toContain("cleaned, queued");
    expect(await unit("monthly").getAttribute("aria-label")).toContain("monthly, not run");
    await page.getByRole("button", { name: "Step 8 of 17, run of May 28" }).click();
    expect(await posted(page, "past")).toEqual([{ type: "past", past: null }]);
    await tell(page, { type: "plan", plan: SALES });
    expect(await unit("monthly").getAttribute("aria-label")).toContain("monthly, failed");
    expect(await page.getByRole("button", { name: /^Step/ }).count()).toBe(0);
  });

  it("in Restricted Mode nothing is offered to run", async () => {
    await tell(page, { type: "plan", plan: { ...SALES, mayRun: false } });
    expect(await page.getByRole("button", { name: "Run plan" }).getAttribute("title")).toMatch(/^Nothing is run here/);
    await unit("orders").click();
    expect(await page.getByRole("button", { name: "Run plan" }).isDisabled()).toBe(true);
    expect(await page.getByRole("button", { name: "Run", exact: true }).count()).toBe(0);
  });
});
