import { existsSync, readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Of the places where either picture shows something, how many have to do so in both. */
const LEAST = 0.6;

/**
 * Compare a picture with the one that is kept, as somebody sees them who stands far away: fonts and
 * times may differ, what is missing or out of place is found.
 *
 * @param page Any page, for its browser.
 */
export async function expectLikeness(page: Page, path: string, kept: string): Promise<void> {
  if (!existsSync(kept)) return;
  const [one, other] = [await inked(page, path), await inked(page, kept)];
  const both = [...one].filter((place) => other.has(place)).length;
  const either = new Set([...one, ...other]).size;
  expect(both / either, `${path} does not look like ${kept}`).toBeGreaterThan(LEAST);
}

/** The places of a coarse grid in which something is to be seen. */
async function inked(page: Page, path: string): Promise<ReadonlySet<number>> {
  const browser = page.context().browser();
  const blank = await (browser ?? page.context()).newPage();
  const picture = `data:image/png;base64,${readFileSync(path).toString("base64")}`;
  const places = await blank.evaluate(inkedPlaces, picture);
  await blank.close();
  return new Set(places);
}

/** Runs in the browser, which can read pictures. */
async function inkedPlaces(picture: string): Promise<number[]> {
  const [columns, rows, cell, least] = [64, 40, 8, 40];
  const image = new Image();
  image.src = picture;
  await image.decode();
  const context = new OffscreenCanvas(columns * cell, rows * cell).getContext("2d");
  if (!context) throw new Error("no canvas");
  context.drawImage(image, 0, 0, columns * cell, rows * cell);
  return Array.from({ length: columns * rows }, (_, place) => place).filter((place) => {
    const at = [(place % columns) * cell, Math.floor(place / columns) * cell] as const;
    const { data } = context.getImageData(...at, cell, cell);
    const greens = data.filter((_, index) => index % 4 === 1);
    return Math.max(...greens) - Math.min(...greens) > least;
  });
}
