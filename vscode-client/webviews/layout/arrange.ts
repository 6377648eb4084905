/**
 * Lay out a whole graph: each connected part on its own, then all parts side by side.
 *
 * This directory draws exactly what `codeact_lsp/plan/layout` draws, in the steps that are named
 * there: a view lays out anew with every group that is opened and every filter, which no server
 * should have to do, and pages without a server cannot. One test holds the two together.
 */

import { layOut } from "./part";
import {
  type Box,
  get,
  type Layout,
  type Link,
  movedBox,
  movedRoute,
  type Point,
  type Route,
  type Size,
  SPACING,
  type Spacing,
} from "./shapes";

// How many times as wide as high a drawing of many parts should be.
const ASPECT = 1.8;

/** Place boxes and lines; links join the vertices that have a size. The time is bounded. */
export function arrange(
  sizes: ReadonlyMap<string, Size>,
  links: readonly Link[],
  spacing: Spacing = SPACING,
): Layout {
  const parts = [...connected(sizes, links)].map(({ names, indices }) => ({
    indices,
    layout: layOut(
      new Map(names.map((name) => [name, get(sizes, name)])),
      indices.map((index) => links[index] as Link),
      spacing,
    ),
  }));
  const boxes = new Map<string, Box>([...sizes.keys()].map((name) => [name, NOWHERE]));
  const routes: Route[] = new Array(links.length);
  const corners = shelves(
    parts.map((part) => part.layout.size),
    spacing.parts,
  );
  let [width, height] = [0, 0];
  parts.forEach(({ indices, layout }, number) => {
    const { x, y } = corners[number] as Point;
    for (const [name, box] of layout.boxes) boxes.set(name, movedBox(box, x, y));
    layout.routes.forEach((route, place) => {
      routes[indices[place] as number] = movedRoute(route, x, y);
    });
    width = Math.max(width, x + layout.size.width);
    height = Math.max(height, y + layout.size.height);
  });
  return { size: { width, height }, boxes, routes };
}

const NOWHERE: Box = { x: 0, y: 0, width: 0, height: 0 };

interface Part {
  names: string[];
  indices: number[];
}

/** The connected parts: their vertices, and the indices of their links. */
function* connected(sizes: ReadonlyMap<string, Size>, links: readonly Link[]): Generator<Part> {
  const rank = new Map([...sizes.keys()].map((name, index) => [name, index]));
  const touching = new Map<string, number[]>([...sizes.keys()].map((name) => [name, []]));
  links.forEach((link, index) => {
    get(touching, link.source).push(index);
    get(touching, link.target).push(index);
  });
  const done = new Set<string>();
  for (const first of sizes.keys()) {
    if (done.has(first)) continue;
    done.add(first);
    const names = [first];
    const indices = new Set<number>();
    for (const name of names) {
      for (const index of get(touching, name)) {
        indices.add(index);
        const { source, target } = links[index] as Link;
        for (const other of [source, target]) {
          if (done.has(other)) continue;
          done.add(other);
          names.push(other);
        }
      }
    }
    names.sort((one, other) => get(rank, one) - get(rank, other));
    yield { names, indices: [...indices].sort((one, other) => one - other) };
  }
}

/** The upper left corner of each part; a row is begun where a part would not fit any more. */
function shelves(sizes: readonly Size[], gap: number): Point[] {
  const area = sizes.reduce((sum, size) => sum + (size.width + gap) * (size.height + gap), 0);
  const room = Math.max(Math.sqrt(area * ASPECT), ...sizes.map((size) => size.width));
  let [x, y, tallest] = [0, 0, 0];
  return sizes.map((size) => {
    if (x > 0 && x + size.width > room) [x, y, tallest] = [0, y + tallest + gap, 0];
    const corner = { x, y };
    [x, tallest] = [x + size.width + gap, Math.max(tallest, size.height)];
    return corner;
  });
}
