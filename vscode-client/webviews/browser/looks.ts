/** What can be measured of how a page looks. */

import type { Page } from "playwright-core";

/** The least contrast of elements to the fills of their boxes, as WCAG 2 counts it: 1 to 21. */
export async function contrast(page: Page, letters: string, ground: string): Promise<number> {
  const fills = (selector: string): Promise<string[]> =>
    page.locator(selector).evaluateAll((all) => all.map((each) => getComputedStyle(each).fill));
  const [texts, grounds] = [await fills(letters), await fills(ground)];
  const luminous = grounds.filter((fill) => fill !== "none").map(luminance);
  const pairs = texts.flatMap((text) => luminous.map((light) => ratio(luminance(text), light)));
  return Math.min(...pairs);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const ratio = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** The pairs of elements that lie over each other. */
export async function overlaps(page: Page, selector: string): Promise<[number, number][]> {
  const boxes = await page
    .locator(selector)
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
  return boxes.flatMap((one, index) =>
    boxes.slice(index + 1).flatMap((other, offset): [number, number][] => {
      const apart =
        one.right <= other.left ||
        other.right <= one.left ||
        one.bottom <= other.top ||
        other.bottom <= one.top;
      return apart ? [] : [[index, index + 1 + offset]];
    }),
  );
}
