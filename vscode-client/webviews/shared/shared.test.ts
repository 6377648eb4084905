import { describe, expect, it } from "vitest";
import { fitted, opening, panned, revealed, zoomed } from "./camera";
import { capped, columns, counted, listed, saidSize, saidTime } from "./format";
import { Queue } from "./queue";

describe("times, sizes and names", () => {
  it("are said as the command line says them", () => {
    expect([0.0123, 1.25, 4000].map(saidTime)).toEqual(["12 ms", "1.3 s", "4,000.0 s"]);
    expect([1, 312, 1500, 9_990, 2e8, 5e9].map(saidSize)).toEqual([
      "1 byte",
      "312 bytes",
      "1.5 kB",
      "10 kB",
      "200 MB",
      "5 GB",
    ]);
    expect(counted(1204, "node")).toBe("1,204 nodes");
    expect([listed([]), listed(["a"]), listed(["a", "b", "c"]), listed(["a", "b", "c"], 2)]).toEqual([
      "",
      "a",
      "a, b and c",
      "a, b and 1 more",
    ]);
  });

  it("are cut between letters, and counted as wide as they are", () => {
    expect(capped("😀😀😀", 2)).toBe("😀…");
    expect(columns("a表é")).toBe(4);
  });
});

describe("a camera", () => {
  const window = { width: 500, height: 400 };

  it("shows all of a drawing, nothing larger than life", () => {
    expect(fitted({ width: 100, height: 100 }, window).scale).toBe(1);
    const { x, scale } = fitted({ width: 2000, height: 100 }, window);
    expect(x + 2000 * scale).toBeLessThanOrEqual(500);
  });

  it("shows what is a little too large small rather than cut off", () => {
    const { x, scale } = opening({ width: 1100, height: 300 }, window);
    expect(scale).toBeLessThan(0.5);
    expect([x >= 0, x + 1100 * scale <= 500]).toEqual([true, true]);
  });

  it("begins at the top of what is too large to be read as a whole", () => {
    expect(opening({ width: 400, height: 300 }, window)).toEqual(fitted({ width: 400, height: 300 }, window));
    expect(opening({ width: 400, height: 9000 }, window)).toEqual({ x: 150, y: 24, scale: 0.5 });
  });

  it("zooms around a place, within bounds", () => {
    const at = { x: 120, y: 80 };
    const { x, scale } = zoomed({ x: 20, y: 30, scale: 1 }, 2, at);
    expect((at.x - x) / scale).toBe(100);
    expect(zoomed({ x: 0, y: 0, scale: 1 }, 1e9, at).scale).toBe(3);
  });

  it("moves as little as shows a box", () => {
    const camera = { x: 0, y: 0, scale: 1 };
    expect(revealed(camera, { x: 50, y: 50, width: 100, height: 40 }, window)).toBe(camera);
    expect(revealed(camera, { x: 480, y: 50, width: 100, height: 40 }, window)).toEqual(
      panned(camera, -104, 0),
    );
  });
});

describe("a queue", () => {
  it("holds the nodes of a run that have not begun", () => {
    const queue = new Queue();
    expect(queue.hear({ event: "RunStarted", nodes: ["a", "b", 3] })).toBe(true);
    expect(queue.hear({ event: "NodeOutput", node: "a" })).toBe(false);
    queue.hear({ event: "NodeStarted", node: "a" });
    expect([...queue.waiting]).toEqual(["b"]);
    queue.hear({ event: "RunFinished" });
    expect(queue.waiting.size).toBe(0);
  });
});
