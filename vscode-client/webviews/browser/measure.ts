/** How long a large graph takes to be painted, and how smoothly it is moved: printed, not asserted. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, it } from "vitest";
import { launch, open, serve, type Site, tell } from "./page";
import { large } from "./plans";

let browser: Browser;
let site: Site;

beforeAll(async () => {
  [browser, site] = await Promise.all([launch(), serve("graph")]);
});
afterAll(async () => {
  await browser.close();
  site.close();
});

for (const [count, grouped] of [
  [1000, true],
  [1000, false],
  [2000, true],
  [2000, false],
] as const) {
  const how = grouped ? "in groups" : "each apart";
  it(`${count} nodes ${how}`, async () => {
    const { page } = await open(browser, 1280);
    await page.goto(site.url);
    await tell(page, { type: "plan", plan: large(301) });
    if (!grouped) await page.getByRole("button", { name: "Groups" }).click();
    const paint = await painted(page, count);
    const whole = await dragged(page);
    await page.locator(".unit").first().focus();
    for (let step = 0; step < 12; step++) await page.keyboard.press("+");
    const near = await dragged(page);
    console.log(
      `${count} nodes ${how}: painted in ${paint}, moved at ${whole} (whole) and ${near} (from near)`,
    );
    await page.context().close();
  });
}

/** From the plan's arrival until it is painted; wall time, and that of the page's own thread. */
async function painted(page: Page, count: number): Promise<string> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  };
  const before = await busy();
  const wall = await page.evaluate(async (plan) => {
    const start = performance.now();
    window.dispatchEvent(new MessageEvent("message", { data: { type: "plan", plan } }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    return performance.now() - start;
  }, large(count));
  return `${wall.toFixed(0)} ms (${(1000 * ((await busy()) - before)).toFixed(0)} ms of processor time)`;
}

/** The median time from frame to frame while the drawing is dragged. */
async function dragged(page: Page): Promise<string> {
  await page.evaluate(() => {
    const frames: number[] = [];
    const tick = (now: number): void => {
      frames.push(now);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { frames_: frames });
  });
  await page.mouse.move(500, 400);
  await page.mouse.down();
  for (let step = 0; step < 60; step++) await page.mouse.move(500 + 5 * step, 400 + 2 * step);
  await page.mouse.up();
  const times = await page.evaluate(() => (window as unknown as { frames_: number[] }).frames_);
  const gaps = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .sort((one, other) => one - other);
  return `${(gaps[Math.floor(gaps.length / 2)] ?? 0).toFixed(0)} ms a frame`;
}
