/** The graph view in Chromium, by the pointer and by the keyboard. */

import { beforeEach, describe, expect, it } from "vitest";
import { onGraphs } from "./graphs";
import { posted, tell } from "./page";
import { SALES } from "./plans";

const { page, unit, focused } = await onGraphs();
const NOWHERE = { x: 0, y: 0, width: 0, height: 0 };

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

  it("what was not moved is shown whole in a window of another size, and what was moved stays", async () => {
    const seen = async (): Promise<boolean> => {
      const stage = (await page.locator(".stage").boundingBox()) ?? NOWHERE;
      const boxes = await Promise.all((await page.locator(".unit").all()).map((each) => each.boundingBox()));
      return boxes.every((box) => box !== null && box.x >= stage.x && box.x + box.width <= stage.x + stage.width);
    };
    await page.setViewportSize({ width: 330, height: 700 });
    await page.setViewportSize({ width: 1100, height: 700 });
    const wide = await unit("orders").boundingBox();
    await page.setViewportSize({ width: 520, height: 700 });
    await expect.poll(seen).toBe(true);
    await page.setViewportSize({ width: 1100, height: 700 });
    await expect.poll(() => unit("orders").boundingBox()).toEqual(wide);

    await page.getByRole("button", { name: "Zoom in" }).click();
    const moved = await unit("orders").boundingBox();
    await page.setViewportSize({ width: 1100, height: 600 });
    await expect.poll(async () => (await page.locator(".stage").boundingBox())?.height).toBeLessThan(600);
    expect(await unit("orders").boundingBox()).toEqual(moved);
    await page.setViewportSize({ width: 1100, height: 700 });
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

  it("the keys work as soon as the view has the keyboard, and Escape gives it back to the text", async () => {
    await unit("cleaned").blur();
    await page.keyboard.press("End");
    expect(await focused()).toBe("report");
    await page.keyboard.press("f");
    await page.keyboard.press("Escape");
    expect(await posted(page, "back")).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await posted(page, "back")).toEqual([{ type: "back" }]);
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
