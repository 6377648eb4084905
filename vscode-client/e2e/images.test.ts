import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";
const NAME = "pictures.plan.py";
/** Pictures as they come: as the bytes of a file, and as an object that draws itself as matplotlib's figures do. */
const PLAN = `"""Pictures among the results."""

import struct
import zlib


def _png(width: int, height: int, colour: bytes) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\\0" + colour * width) * height
    return b"\\x89PNG\\r\\n\\x1a\\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


class _Figure:
    def savefig(self, file, format: str, dpi: int) -> None:
        file.write(_png(160, 90, b"\\x20\\x80\\xc0"))


def photo() -> bytes:
    """A picture as a file holds it."""
    return _png(120, 60, b"\\xc0\\x40\\x20")


def figure():
    """One that is drawn when it is looked at."""
    return _Figure()
`;

test("pictures are shown in the results view and in the hover", () =>
  Editor.journey(
    "images",
    { example: SAMPLE, prepare: (folder) => writeFileSync(join(folder, NAME), PLAN) },
    async (editor) => {
      const { workbench } = editor;
      const { view } = workbench;
      await workbench.open(NAME);
      await workbench.run();
      await workbench.known(/✓ .* · bytes/).waitFor();
      for (const [line, width] of [[21, 120], [26, 160]] as const) {
        await workbench.caret(line, 6);
        await workbench.press("Control+k", "Control+i");
        const picture = workbench.hover.locator("img").first();
        await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(width);
        if (line === 26) await editor.picture("hover-figure");
        await workbench.press("Escape");
        await workbench.hover.first().waitFor({ state: "hidden" });
      }
      await workbench.command("CodeAct: Show Results");
      for (const [node, width] of [["photo", 120], ["figure", 160]] as const) {
        await view.getByRole("option", { name: new RegExp(`^${node}, done`) }).click();
        const picture = view.getByRole("tabpanel").getByRole("img");
        await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(width);
      }
      await editor.picture("results-figure");
    },
  ));
