/** The graph view in Chromium: what eyes, hands and screen readers get of it. */

import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { contrast, overlaps } from "./looks";
import { onAPage, posted, serve, tell } from "./page";
import { large, node, SALES, shown, state } from "./plans";
import { sheet, type Theme, THEMES } from "./themes";

const { browser, page, url } = await onAPage("graph");

beforeEach(() => page.goto(url));

const unit = (name: string) => page.locator(`.unit[data-unit="${name}"]`);
const pressed = (name: string) => unit(name).getAttribute("aria-pressed");
const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset["unit"]);

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

describe("with the pointer", () => {
  beforeEach(() => tell(page, { type: "plan", plan: SALES }));

  it("a click shows the source, and what is known of the node", async () => {
    await unit("monthly").click();
    expect(await posted(page, "reveal")).toEqual([{ type: "reveal", node: "monthly", focus: false }]);
    const side = page.getByRole("complementary", { name: "Selected node" });
    expect(await side.textContent()).toContain("KeyError: 'amont'");
    await side.getByRole("button", { name: "Run", exact: true }).click();
    expect(await posted(page, "run")).toEqual([{ type: "run", node: "monthly", downstream: false }]);
  });

  it("a double click goes to the source", async () => {
    await unit("orders").dblclick();
    expect((await posted(page, "reveal")).at(-1)).toEqual({ type: "reveal", node: "orders", focus: true });
  });

  it("the wheel zooms at the pointer, and a drag moves all without a click", async () => {
    const before = await unit("orders").boundingBox();
    await page.mouse.move(before?.x ?? 0, before?.y ?? 0);
    await page.mouse.wheel(0, -400);
    const zoomed = await unit("orders").boundingBox();
    expect(zoomed?.width ?? 0).toBeGreaterThan(1.5 * (before?.width ?? 0));
    expect(zoomed?.x ?? 0).toBeCloseTo(before?.x ?? 1, -1);
    await page.mouse.down();
    await page.mouse.move((before?.x ?? 0) + 80, (before?.y ?? 0) + 50, { steps: 4 });
    await page.mouse.up();
    const moved = await unit("orders").boundingBox();
    expect((moved?.x ?? 0) - (zoomed?.x ?? 0)).toBeCloseTo(80, -1);
    expect(await posted(page, "reveal")).toEqual([]);
  });

  it("in a window that is narrow, what is known of the node is below the drawing", async () => {
    await page.setViewportSize({ width: 440, height: 700 });
    const side = page.getByRole("complementary", { name: "Selected node" });
    expect(await side.textContent()).toMatch(/^Choose a node/);
    await page.getByRole("button", { name: "Zoom in" }).click();
    // It is in sight in part, and stays where it is clicked.
    await unit("report").dblclick();
    expect((await posted(page, "reveal")).map(({ node, focus }) => [node, focus])).toContainEqual(["report", true]);
    await side.getByRole("button", { name: "Run", exact: true }).click();
    expect(await posted(page, "run")).toEqual([{ type: "run", node: "report", downstream: false }]);
    const [drawing, told] = [await page.locator(".stage").boundingBox(), await side.boundingBox()];
    expect(told?.width).toBe(440);
    expect(told?.y).toBeGreaterThanOrEqual((drawing?.y ?? 0) + (drawing?.height ?? 0));
    expect(drawing?.height).toBeGreaterThan(200);
    await page.setViewportSize({ width: 1100, height: 700 });
  });

  it("a picture that the browser does not make is told", async () => {
    await page.evaluate(() => {
      const { decode } = Image.prototype;
      Image.prototype.decode = () => {
        Image.prototype.decode = decode;
        return Promise.reject(new Error("no"));
      };
    });
    const told = page.getByRole("alert");
    await page.getByRole("button", { name: "Save as PNG" }).click();
    await expect.poll(() => told.textContent()).toMatch(/^The PNG could not be made/);
    await page.getByRole("button", { name: "Save as PNG" }).click();
    await expect.poll(async () => (await posted(page, "save")).length).toBe(1);
    expect(await told.count()).toBe(0);
  });

  it("the picture can be saved as SVG and as PNG", async () => {
    await page.getByRole("button", { name: "Save as SVG" }).click();
    await page.getByRole("button", { name: "Save as PNG" }).click();
    await expect.poll(async () => (await posted(page, "save")).length).toBe(2);
    const [svg, png] = await posted(page, "save");
    expect(svg?.content).toMatch(
      /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg".*fill: rgb.*monthly.*<\/svg>$/s,
    );
    expect(png?.content.slice(0, 8)).toBe("iVBORw0K");
  });
});

describe("with the keyboard alone", () => {
  beforeEach(async () => {
    await tell(page, { type: "plan", plan: SALES });
    await unit("cleaned").focus();
  });

  it("arrows lead along the lines and to what stands beside", async () => {
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toBe("orders");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("cleaned");
    await page.keyboard.press("End");
    expect(await focused()).toBe("report");
    await page.keyboard.press("Home");
    expect(await focused()).toBe("orders");
  });

  it("only one node is in the order of Tab", async () => {
    expect(await page.locator(".unit[tabindex='0']").count()).toBe(1);
  });

  it("Enter opens the source, R runs, Shift+R runs what follows too", async () => {
    for (const key of ["Enter", "r", "R"]) await page.keyboard.press(key);
    expect(await posted(page, "reveal")).toEqual([{ type: "reveal", node: "cleaned", focus: true }]);
    expect((await posted(page, "run")).map(({ downstream }) => downstream)).toEqual([false, true]);
  });

  it("F shows what leads to the node, then what follows from it, and Escape all", async () => {
    const names = () => page.locator(".unit .name").allTextContents();
    await page.keyboard.press("f");
    expect(await names()).toEqual(["orders", "cleaned"]);
    expect(await focused()).toBe("cleaned");
    await page.keyboard.press("Escape");
    expect((await names()).length).toBe(6);
  });

  it("a filter finds by name and by state", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("is:failed");
    await expect.poll(() => page.locator(".unit .name").allTextContents()).toEqual(["monthly"]);
    await expect.poll(() => page.getByRole("status").textContent()).toBe("Shown: 1 node.");
  });
});

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
    await unit("orders").click();
    expect(await page.getByRole("button", { name: "Run plan" }).isDisabled()).toBe(true);
    expect(await page.getByRole("button", { name: "Run", exact: true }).count()).toBe(0);
  });
});

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
