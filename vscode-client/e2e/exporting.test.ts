import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { expect, test } from "vitest";
import { Editor } from "./editor";
import type { Workbench } from "./workbench";

const SAMPLE = "vscode-client/sample";
const NAMES = ["orders", "by_product", "best", "report"];

test("the graph is saved beside the plan as SVG and as PNG: whole, in the colours of the theme, with nothing selected", () =>
  Editor.journey(
    "exporting",
    { example: SAMPLE, settings: { "workbench.colorTheme": "Default Dark Modern" } },
    async (editor) => {
      const { workbench, page } = editor;
      await workbench.open("sample.plan.py");
      await workbench.run();
      await workbench.known("AttributeError").waitFor();
      await workbench.command("CodeAct: Show Graph");
      await workbench.inView('.unit[aria-label^="report, blocked"]').waitFor();
      await workbench.inView('.unit[data-unit="best"]').click();
      await workbench.inView('.unit.selected[data-unit="best"]').waitFor();
      const paper = await workbench.inView("body").evaluate((body) => getComputedStyle(body).backgroundColor);

      const svg = (await saved(workbench, "SVG", join(editor.folder, "sample.svg"))).toString();
      const png = await saved(workbench, "PNG", join(editor.folder, "sample.png"));
      // A selection is drawn with a thicker rim.
      expect(svg).not.toContain('class="unit selected');
      expect(await workbench.inView(".unit.selected").count()).toBe(1);

      const { width, height, texts, outside } = await withPage(page, (other) => drawn(other, svg));
      for (const name of NAMES) expect(texts).toContain(name);
      expect(outside).toEqual([]);
      const picture = await withPage(page, (other) => painted(other, png));
      expect(picture.width).toBe(Math.ceil(Math.round(width) * 2));
      expect(picture.height).toBe(Math.ceil(Math.round(height) * 2));
      expect(picture.corner).toBe(paper);
      expect(picture.colours).toBeGreaterThan(10);
    },
  ));

/** Save the picture where it is offered to be saved. */
async function saved(workbench: Workbench, format: "SVG" | "PNG", path: string): Promise<Buffer> {
  await workbench.inView(`button[aria-label="Save as ${format}"]`).click();
  await expect.poll(() => workbench.input.inputValue()).toBe(path);
  await workbench.press("Enter");
  await workbench.status(`Saved sample.${format.toLowerCase()}`).waitFor();
  return readFileSync(path);
}

async function withPage<Result>(page: Page, go: (other: Page) => Promise<Result>): Promise<Result> {
  // SAFETY: the page is one of a browser that was launched.
  const other = await (page.context().browser() as Browser).newPage();
  try {
    return await go(other);
  } finally {
    await other.close();
  }
}

/** What a browser makes of the SVG: its size, its texts, and those that lie outside of it. */
async function drawn(page: Page, svg: string) {
  await page.setContent(svg);
  return page.locator("svg").evaluate((root) => {
    const frame = root.getBoundingClientRect();
    const inside = (box: DOMRect): boolean =>
      box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    const all = [...root.querySelectorAll("text, rect")];
    return {
      width: frame.width,
      height: frame.height,
      texts: all.map((each) => each.textContent),
      outside: all.filter((each) => !inside(each.getBoundingClientRect())).map((each) => each.textContent),
    };
  });
}

/** What a browser makes of the PNG: its size, the colour of a corner, and how many colours there are. */
function painted(page: Page, png: Buffer) {
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const pixels = context?.getImageData(0, 0, image.width, image.height).data ?? [];
    const colours = new Set<string>();
    for (let at = 0; at < pixels.length; at += 4) colours.add(`rgb(${pixels[at]}, ${pixels[at + 1]}, ${pixels[at + 2]})`);
    return { width: image.width, height: image.height, corner: [...colours][0], colours: colours.size };
  }, png.toString("base64"));
}
