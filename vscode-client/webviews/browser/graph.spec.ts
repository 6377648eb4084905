/** The graph view in Chromium: how it looks, what it says to screen readers, and any plan that it may meet. */

import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { onGraphs } from "./graphs";
import { contrast, overlaps } from "./looks";
import { serve, tell } from "./page";
import { large, node, SALES, shown, state } from "./plans";
import { sheet, type Theme, THEMES } from "./themes";

const { browser, page, unit } = await onGraphs();

describe("in each theme", () => {
  for (const theme of Object.keys(THEMES) as Theme[]) {
    it(`${theme}: can be read, by eyes and by screen readers`, async () => {
      const themed = await serve("graph", sheet(theme));
      await page.goto(themed.url);
      await tell(page, { type: "plan", plan: SALES });
      await unit("monthly").click();
      expect(await page.getByRole("group", { name: "Nodes of the plan" }).ariaSnapshot()).toBe(TREE);
      expect(await overlaps(page, ".unit > rect:last-of-type")).toEqual([]);
      // What WCAG 2 asks of letters, and of signs.
      for (const part of [".name", ".detail"]) {
        expect(await contrast(page, `.unit ${part}`, ".unit > rect")).toBeGreaterThan(4.5);
      }
      expect(await contrast(page, ".unit .glyph", ".unit > rect")).toBeGreaterThan(3);
      if (process.env["SHOTS"])
        await page.screenshot({ path: join(process.env["SHOTS"], `graph-${theme}.png`) });
      themed.close();
    });
  }
});

const TREE = `
- group "Nodes of the plan":
  - button "orders, done, 800 ms · DataFrame 1,204×6, on the critical path, needs no node, needed by cleaned"
  - button "prices, reused, 12 ms · dict 12 items, needs no node, needed by monthly"
  - button "cleaned, done, 300 ms · DataFrame 1,204×6, on the critical path, needs orders, needed by monthly and archive"
  - button "archive, stale, needs cleaned (runs after it) and prices (shares a resource), needed by report"
  - 'button "monthly, failed, KeyError: ''amont'', on the critical path, needs prices and cleaned, needed by report" [pressed]'
  - button "report, blocked, needs monthly, needs archive (waits for it) and monthly"
`.trim();

describe("whatever a plan holds", () => {
  it("is text", async () => {
    const attack = `"><img src=x onerror="posted.push('owned')"><script>posted.push('owned')</script>`;
    const states = [state(attack, "failed", { error: attack }), state("b", "done", { value: attack })];
    const nodes = [node(attack, { summary: attack, returns: attack, inputs: [attack] }), node("b")];
    await tell(page, {
      type: "plan",
      plan: shown(nodes, [{ from: attack, to: "b", kind: "data" }], { states, name: attack }),
    });
    await page.locator(".unit").first().click();
    expect(await page.locator("img, script:not([src])").count()).toBe(0);
    expect(await page.locator(".details h2").textContent()).toBe(attack);
    expect(await page.evaluate(() => (window as unknown as { posted: unknown[] }).posted)).not.toContain(
      "owned",
    );
  });

  it("a plan of 1,000 nodes is shown in groups, which open", async () => {
    await tell(page, { type: "plan", plan: large(1000) });
    const count = await page.locator(".unit").count();
    expect(count).toBeLessThanOrEqual(120);
    const group = page.locator(".unit[aria-expanded]").first();
    await group.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(".unit").count()).toBeGreaterThan(count);
    await page.getByRole("searchbox").fill("step_77");
    await expect.poll(() => page.locator(".unit").count()).toBe(11);
  });

  it("a plan without nodes, and no plan at all, are shown as such", async () => {
    await tell(page, { type: "plan", plan: shown([], []) });
    expect(await page.locator(".foot").textContent()).toContain("0 nodes");
    await tell(page, { type: "plan", plan: null });
    expect(await page.getByRole("heading").first().textContent()).toBe("No plan");
  });
});

it("the page of `codeact graph --format html` shows the graph under its own policy", async () => {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const file = join(mkdtempSync(join(tmpdir(), "codeact-")), "sales.html");
  const made = ["graph", "examples/sales/sales.plan.py", "--format", "html", "-o", file];
  expect(spawnSync(join(root, ".venv/bin/codeact"), made, { cwd: root }).status).toBe(0);
  const context = await browser.newContext({ colorScheme: "light" });
  const alone = await context.newPage();
  const troubles: string[] = [];
  alone.on("console", (message) => troubles.push(message.text()));
  await alone.goto(`file://${file}`);
  await alone.locator(".unit").first().click();
  expect(await alone.locator(".unit").count()).toBe(9);
  expect(await alone.getByRole("button", { name: /Run/ }).count()).toBe(0);
  expect(troubles).toEqual([]);
  await context.close();
});
