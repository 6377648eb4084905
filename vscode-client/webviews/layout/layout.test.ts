import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { arrange } from "./arrange";
import type { Route } from "./shapes";

interface Drawing {
  sizes: Record<string, [width: number, height: number]>;
  links: [source: string, target: string, orders: boolean][];
  size: [width: number, height: number];
  boxes: Record<string, [x: number, y: number]>;
  routes: { back: boolean; points: number[] }[];
}

// Drawn by `codeact_lsp/plan/layout`; a test of Python sees to it that they are up to date.
const drawings: Drawing[] = JSON.parse(readFileSync(new URL("drawings.json", import.meta.url), "utf8"));

function points(route: Route): number[] {
  const inOrder = route.curves.flatMap(({ first, second, end }) => [first, second, end]);
  return [route.start, ...inOrder].flatMap(({ x, y }) => [x, y]);
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  found.forEach((number, index) => expect(number).toBeCloseTo(wanted[index] ?? NaN, 1));
}

describe("a layout", () => {
  for (const drawing of drawings) {
    const [nodes, links] = [Object.keys(drawing.sizes).length, drawing.links.length];
    it(`draws ${nodes} nodes and ${links} links as the server does`, () => {
      const sizes = Object.entries(drawing.sizes).map(
        ([name, [width, height]]) => [name, { width, height }] as const,
      );
      const layout = arrange(
        new Map(sizes),
        drawing.links.map(([source, target, orders]) => ({ source, target, orders })),
      );
      expectClose([layout.size.width, layout.size.height], drawing.size);
      for (const [name, place] of Object.entries(drawing.boxes)) {
        const box = layout.boxes.get(name);
        expectClose([box?.x ?? NaN, box?.y ?? NaN], place);
      }
      layout.routes.forEach((route, index) => {
        expect(route.back).toBe(drawing.routes[index]?.back);
        expectClose(points(route), drawing.routes[index]?.points ?? []);
      });
    });
  }

  it("of nothing is empty", () => {
    expect(arrange(new Map(), []).size).toEqual({ width: 0, height: 0 });
  });
});
