import { writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { animated, type Frame } from "./apng";

/** A part of a window, in pixels. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pictures of a window that become one that moves. */
export class Film {
  private readonly shots: { png: Buffer; seconds: number }[] = [];

  constructor(
    private readonly page: Page,
    private readonly part: Part = { x: 348, y: 35, width: 932, height: 640 },
  ) {}

  /** Take a picture; `seconds` says how long it stands. */
  async shoot(seconds: number): Promise<void> {
    this.shots.push({ png: await this.page.screenshot({ clip: this.part, caret: "hide" }), seconds });
  }

  /** Write the film: of each picture only what is different from the one before. */
  async develop(path: string): Promise<void> {
    const blank = await (this.page.context().browser() ?? this.page.context()).newPage();
    const pictures = this.shots.map(({ png }) => `data:image/png;base64,${png.toString("base64")}`);
    const changes = await blank.evaluate(changed, pictures);
    await blank.close();
    const frames = changes.map(({ x, y, png }, index): Frame => {
      return { x, y, png: Buffer.from(png, "base64"), seconds: this.shots[index]?.seconds ?? 1 };
    });
    writeFileSync(path, animated(this.part, frames));
  }
}

/** Runs in the browser, which can read pictures: the box of each one's change, as a PNG in base64. */
async function changed(pictures: readonly string[]): Promise<{ x: number; y: number; png: string }[]> {
  let before: ImageData | undefined;
  const found: { x: number; y: number; png: string }[] = [];
  for (const picture of pictures) {
    const image = new Image();
    image.src = picture;
    await image.decode();
    const { width, height } = image;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no canvas");
    context.drawImage(image, 0, 0);
    const now = context.getImageData(0, 0, width, height);
    const [dots, last] = [new Uint32Array(now.data.buffer), before && new Uint32Array(before.data.buffer)];
    let [left, top, right, bottom] = last ? [width - 1, height - 1, 0, 0] : [0, 0, width - 1, height - 1];
    for (let dot = 0; last && dot < dots.length; dot++) {
      if (dots[dot] === last[dot]) continue;
      const [x, y] = [dot % width, Math.floor(dot / width)];
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
    if (right < left) [left, top, right, bottom] = [0, 0, 0, 0];
    const part = new OffscreenCanvas(right - left + 1, bottom - top + 1);
    part.getContext("2d")?.putImageData(now, -left, -top);
    const bytes = new Uint8Array(await (await part.convertToBlob({ type: "image/png" })).arrayBuffer());
    found.push({ x: left, y: top, png: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) });
    before = now;
  }
  return found;
}
