/** The tapes in the results view, in Chromium. */

import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Shown, TapeSummary } from "../../src/views/messages";
import { TAPE } from "../results/tape.fixture";
import { onAPage, posted, serve, tell } from "./page";
import { edge, node, shown } from "./plans";
import { sheet, type Theme, THEMES } from "./themes";

const PLAN = shown(
  ["orders", "total", "report"].map((name) => node(name)),
  [edge("orders", "total"), edge("total", "report")],
);
const ATTACK = "<img src=x onerror=alert(1)>";
const { verdict } = TAPE;
const LISTED: readonly TapeSummary[] = [
  { tape: "p-2.jsonl", at: 1.78e9, command: "agent", task: "add", status: "done", verdict },
  { tape: "p-1.jsonl", at: 1.77e9, command: "run", task: "", status: null, verdict: ATTACK },
];

const { page, url } = await onAPage("results");

beforeEach(() => list(url));

/** Load the view, and turn to its tapes. */
async function list(url: string, listed: readonly TapeSummary[] = LISTED, plan: Shown = PLAN): Promise<void> {
  await page.goto(url);
  await tell(page, { type: "plan", plan });
  await page.getByRole("tab", { name: "Tapes" }).click();
  await answer("codeact.tapes", { result: listed });
}

/** Answer what was asked last by a command. */
async function answer(command: string, how: { result?: unknown; error?: string }): Promise<void> {
  const asked = (await posted(page, "ask")).findLast((each) => each.command === command);
  if (!asked) throw new Error(`${command} was not asked for`);
  await tell(page, { type: "answer", id: asked.id, ...how });
}

/** Open the first tape. */
async function play(): Promise<void> {
  await panel().getByRole("button").first().click();
  await answer("codeact.tape", { result: TAPE });
}

const panel = () => page.getByRole("tabpanel");
const told = () => page.locator(".told").textContent();
const detail = () => page.getByRole("region", { name: "Step" });
const option = (name: string) => page.getByRole("listbox", { name: "Nodes" }).getByRole("option", { name });
const looked = async () => (await posted(page, "past")).at(-1)?.past;

describe("in each theme", () => {
  for (const theme of Object.keys(THEMES) as Theme[]) {
    it(`${theme}: the steps, and what one of them tells, are told to screen readers`, async () => {
      const themed = await serve("results", sheet(theme));
      await list(themed.url);
      await play();
      await page.keyboard.press("End");
      for (let back = 0; back < 9; back++) await page.keyboard.press("ArrowLeft");
      const tree = await page.locator("#root").ariaSnapshot();
      expect(tree).toContain('- status: "Step 8 of 17: ✗ total NameError: no order"');
      expect(tree).toContain(`- 'option "3.5 s ✗ total NameError: no order" [selected]'`);
      expect(tree).toContain(`- 'option "total, failed, NameError: no order" [selected]'`);
      expect(tree).toContain(`- 'row "Line 4: def total(orders): return sum(order)"'`);
      for (const name of ["All tapes", "First step", "◀ Step back", "Step forward ▶", "Last step"])
        expect(tree).toContain(`- button "${name}"`);
      if (process.env["SHOTS"])
        await page.screenshot({ path: join(process.env["SHOTS"], `tapes-${theme}.png`) });
      themed.close();
    });
  }
});

describe("the list", () => {
  it("names each tape, how it ended and what it proves, as text", async () => {
    const rows = await panel().getByRole("row").allTextContents();
    expect(rows[1]).toContain(`agent: adddone${verdict}`);
    expect(rows[2]).toContain(`runno end${ATTACK}`);
    expect(await page.locator("img").count()).toBe(0);
  });

  it("that is empty offers to have tapes kept, until they are", async () => {
    await list(url, []);
    expect(await panel().textContent()).toContain("There is no tape of this plan.");
    await panel().getByRole("button", { name: "Keep tapes of runs" }).click();
    expect(await posted(page, "keepTapes")).toHaveLength(1);
    await tell(page, { type: "plan", plan: { ...PLAN, taped: true } });
    expect(await panel().getByRole("button").count()).toBe(0);
  });

  it("is asked for anew when a run is over, and says why there is none", async () => {
    const before = (await posted(page, "ask")).length;
    await tell(page, { type: "event", event: { event: "RunFinished", status: "done" } });
    expect((await posted(page, "ask")).slice(before).map(({ command }) => command)).toContain("codeact.tapes");
    await answer("codeact.tapes", { error: "The CodeAct server does not run." });
    expect(await panel().getByRole("alert").textContent()).toBe("The CodeAct server does not run.");
  });

  it("stays where a tape cannot be opened, with the reason", async () => {
    await panel().getByRole("button").first().click();
    expect((await posted(page, "ask")).at(-1)?.argument).toEqual({ tape: "p-2.jsonl" });
    await answer("codeact.tape", { error: "p-2.jsonl: there is no such tape." });
    expect(await panel().getByRole("alert").textContent()).toBe("p-2.jsonl: there is no such tape.");
    expect(await panel().getByRole("row").count()).toBe(3);
  });
});

describe("a tape", () => {
  beforeEach(play);

  it("is gone through by keys alone", async () => {
    expect(await told()).toBe("Step 1 of 17: codeact agent p: add");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    expect(await told()).toBe("Step 3 of 17: run for total at level strict");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await told()).toMatch(/^Step 1 of 17/);
    await page.keyboard.press("PageDown");
    expect(await told()).toMatch(/^Step 11 of 17/);
    await page.keyboard.press("End");
    expect(await told()).toBe("Step 17 of 17: done");
    await page.keyboard.press("Escape");
    expect(await panel().getByRole("row").count()).toBe(3);
    expect(await panel().getByRole("button").first().evaluate((each) => each === document.activeElement)).toBe(true);
  });

  it("is gone through by buttons, which lead no further than it goes", async () => {
    const button = (name: string) => panel().getByRole("button", { name });
    expect(await button("Step back").isDisabled()).toBe(true);
    await button("Step forward").click();
    await button("Step forward").click();
    expect(await told()).toMatch(/^Step 3 of 17/);
    await button("Last step").click();
    expect(await button("Step forward").isDisabled()).toBe(true);
    // Who pressed it goes on by keys.
    await page.keyboard.press("ArrowLeft");
    expect(await told()).toMatch(/^Step 16 of 17/);
    await button("First step").click();
    expect(await told()).toMatch(/^Step 1 of 17/);
  });

  it("shows the nodes as they were, here and to whoever draws them, until it is left", async () => {
    await panel().getByRole("option", { name: /not run: needs total/ }).click();
    expect(await option("orders, done, 40 ms · list 1 items").count()).toBe(1);
    expect(await option("report, blocked, needs total").count()).toBe(1);
    expect(await looked()).toMatchObject({ about: expect.stringContaining("Step 9 of 17, agent: add of ") as unknown });
    expect((await looked())?.states.map(({ status }) => status)).toEqual(["done", "failed", "blocked"]);
    await page.getByRole("tab", { name: "Value" }).click();
    expect(await looked()).toBeNull();
    expect(await option("orders, not run").count()).toBe(1);
    await page.getByRole("tab", { name: "Tapes" }).click();
    expect(await told()).toMatch(/^Step 9 of 17/);
    expect((await looked())?.states).toHaveLength(3);
    await panel().getByRole("button", { name: "All tapes" }).click();
    expect(await looked()).toBeNull();
  });

  it("is where it was left when the view was hidden and is shown again", async () => {
    await page.keyboard.press("PageDown");
    const kept = await page.evaluate(() => (window as unknown as { kept: unknown }).kept);
    await page.addInitScript((state) => Object.assign(window, { kept: state }), kept);
    await page.goto(url);
    await tell(page, { type: "plan", plan: PLAN });
    await answer("codeact.tape", { result: TAPE });
    expect(await told()).toMatch(/^Step 11 of 17/);
    expect(await looked()).toMatchObject({ about: expect.stringMatching(/^Step 11 of 17/) as unknown });
    await page.addInitScript(() => Object.assign(window, { kept: undefined }));
  });

  it("goes with its plan", async () => {
    await tell(page, { type: "plan", plan: { ...PLAN, uri: "file:///other.plan.py" } });
    expect(await looked()).toBeNull();
    expect(await panel().textContent()).toBe("Looking for tapes …");
  });

  it("stays where it is while a run begins and ends", async () => {
    await page.keyboard.press("PageDown");
    await tell(page, { type: "event", event: { event: "RunStarted", nodes: ["orders"] } });
    await tell(page, { type: "event", event: { event: "RunFinished", status: "done" } });
    expect(await told()).toMatch(/^Step 11 of 17/);
    await page.keyboard.press("ArrowRight");
    expect(await told()).toMatch(/^Step 12 of 17/);
  });

  it("tells values, questions and edits as text", async () => {
    await panel().getByRole("option", { name: /orders │/ }).click();
    expect(await detail().locator("pre").textContent()).toBe("<b>hi</b>\n");
    await panel().getByRole("option", { name: /asked for/ }).click();
    expect(await detail().locator("pre").textContent()).toBe("<i>mend</i>");
    await panel().getByRole("option", { name: /works, by model/ }).click();
    expect(await detail().locator(".added").allTextContents()).toEqual(["+ def total(orders): return sum(orders)"]);
    expect(await detail().locator(".removed").allTextContents()).toEqual(["- def total(orders): return sum(order)"]);
    expect(await detail().textContent()).toContain("it was run, and works");
  });
});
