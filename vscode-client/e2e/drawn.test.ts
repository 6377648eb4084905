import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BROWSER, CHROMIUM } from "./browser";
import { whileDrawn } from "./drawn";
import { Workbench } from "./workbench";

const SOON = { patience: 3_000, pace: 100 };
/** A palette that ranks another command first, as the window's would be found in the page. */
const PALETTE = `<div class="quick-input-widget"><input id="typed"><div class="quick-input-list">
  <div class="monaco-list-row focused">Show Graph</div><div class="monaco-list-row">Show Results</div>
</div></div><script>
  onkeydown = ({ key }) => { typed.hidden = key === "Escape" };
</script>`;

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: BROWSER });
});
afterAll(() => browser.close());

test("what is done with a page goes on while that is drawn, be it behind another", async () => {
  const page = await browser.newPage();
  const other = await browser.newPage();
  await other.bringToFront();
  const frames = (): Promise<number> =>
    page.evaluate(async () => {
      for (let count = 0; ; count++) {
        if (count === 100) return count;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
  expect(await whileDrawn(page, frames, { pace: 100 })).toBe(100);
});

test("what is done with a page that draws no more ends, and says so", async () => {
  const page = await browser.newPage();
  const stuck = whileDrawn(page, () => page.evaluate(() => { for (;;); }), SOON); // prettier-ignore
  await expect(stuck).rejects.toThrow("The browser has drawn nothing for 3 s.");
});

test("what does not end by itself is ended, though the page is drawn", async () => {
  const page = await browser.newPage();
  const endless = whileDrawn(page, () => new Promise(() => undefined), { ...SOON, longest: 1_000 });
  await expect(endless).rejects.toThrow("That has not ended within 1 s.");
});

test("a command that the palette does not rank first ends the journey, and what is there instead is told", async () => {
  const page = await browser.newPage();
  await page.setContent(PALETTE);
  const lost = new Workbench(page, 3_000).command("Show Results");
  await expect(lost).rejects.toThrow("The palette has 'Show Graph' first, and not 'Show Results'.");
});
