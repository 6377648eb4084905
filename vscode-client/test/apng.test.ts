import { expect, test } from "vitest";
import { animated } from "../e2e/apng";

/** A picture of one dot. */
const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** The names of the parts of a PNG, in order. */
function parts(png: Buffer): string[] {
  const names: string[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) names.push(png.toString("latin1", at + 4, at + 8));
  return names;
}

test("an animation begins as any PNG does, and tells how many pictures there are", () => {
  const made = animated({ width: 1, height: 1 }, [0, 1].map(() => ({ x: 0, y: 0, png: DOT, seconds: 1.5 })));
  expect(made.subarray(0, 8)).toEqual(DOT.subarray(0, 8));
  expect(parts(made)).toEqual(["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "IEND"]);
  expect(made.readUInt32BE(made.indexOf("acTL") + 4)).toBe(2);
});

test("its first picture is a whole one", () => {
  const part = [{ x: 0, y: 0, png: DOT, seconds: 1 }];
  expect(() => animated({ width: 2, height: 1 }, part)).toThrow("whole picture");
});
