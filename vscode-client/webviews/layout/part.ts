/** Lay out one connected part of a graph, in layers. */

import { coordinates, type Layered } from "./coordinates";
import { closing, type Edge, layers, lists } from "./layers";
import { ordered } from "./ordering";
import { type Band, type Chain, draw, type Way } from "./routes";
import {
  at,
  bottom,
  type Box,
  get,
  type Layout,
  type Link,
  pairwise,
  type Point,
  right,
  type Route,
  type Size,
  type Spacing,
} from "./shapes";

// Places where long lines pass a layer. Beyond that, the longest lines go round the drawing.
const MOST_DUMMIES = 10_000;
const DUMMY = 2;
// The least slope of a line between two layers, and how far they are moved apart for it at most.
const SLOPE = 0.12;
const MOST_APART = 2.5;

/** Place the boxes and lines of a connected part; see `arrange`. */
export function layOut(sizes: ReadonlyMap<string, Size>, links: readonly Link[], spacing: Spacing): Layout {
  const boxSizes = [...sizes.values()];
  const { graph, chains } = layered(sizes, links, spacing);
  const free = coordinates(graph);
  const left = smallest(free.map((x, vertex) => x - at(graph.widths, vertex) / 2));
  const xs = free.map((x) => x - left);
  const bands = bandsOf(graph, xs, boxSizes, spacing);
  const layer = new Map<number, number>();
  graph.layers.forEach((row, index) => row.forEach((vertex) => layer.set(vertex, index)));
  const boxes = boxSizes.map(({ width, height }, vertex): Box => {
    const band = at(bands, get(layer, vertex));
    const y = (band.top + band.bottom) / 2 - height / 2;
    return { x: at(xs, vertex) - width / 2, y, width, height };
  });
  const routes = draw({ boxes, xs, layer, bands, spacing }, chains);
  const names = [...sizes.keys()];
  const placed = new Map(boxes.map((box, vertex) => [at(names, vertex), box]));
  return { size: extent(boxes, routes), boxes: placed, routes };
}

const smallest = (numbers: readonly number[]): number =>
  numbers.reduce((one, other) => Math.min(one, other), Infinity);

/** The room that boxes and lines take. No point of a line lies beyond those of its curves. */
function extent(boxes: readonly Box[], routes: readonly Route[]): Size {
  let [width, height] = [0, 0];
  const take = ({ x, y }: Point): void => {
    width = Math.max(width, x);
    height = Math.max(height, y);
  };
  for (const box of boxes) take({ x: right(box), y: bottom(box) });
  for (const route of routes) {
    take(route.start);
    for (const curve of route.curves) [curve.first, curve.second, curve.end].forEach(take);
  }
  return { width, height };
}

/** The vertices in ordered layers, and for each link the vertices that its line passes. */
function layered(
  sizes: ReadonlyMap<string, Size>,
  links: readonly Link[],
  spacing: Spacing,
): { graph: Layered; chains: Chain[] } {
  const boxes = sizes.size;
  const number = new Map([...sizes.keys()].map((name, index) => [name, index]));
  const edges = links.map((link): Edge => [get(number, link.source), get(number, link.target)]);
  const { layer, back } = settled(boxes, edges, links);
  const rows = lists(1 + layer.reduce((one, other) => Math.max(one, other), 0));
  layer.forEach((index, vertex) => at(rows, index).push(vertex));
  const chains = chainsOf(edges, layer, rows, back);
  const count = rows.reduce((sum, row) => sum + row.length, 0);
  const [above, below] = [lists(count), lists(count)];
  for (const chain of chains) {
    if (chain.way !== "down") continue;
    for (const [upper, lower] of pairwise(chain.vertices)) {
      at(below, upper).push(lower);
      at(above, lower).push(upper);
    }
  }
  const widths = [...sizes.values()].map((size) => size.width);
  while (widths.length < count) widths.push(DUMMY);
  const gaps = [spacing.between, spacing.line] as const;
  const inOrder = ordered(rows, above, below);
  return { graph: { layers: inOrder, above, below, dummies: boxes, widths, gaps }, chains };
}

/** The layer of each vertex, and the links that close a cycle; only links that order count. */
function settled(
  count: number,
  edges: readonly Edge[],
  links: readonly Link[],
): { layer: number[]; back: Set<number> } {
  const ordering = links.flatMap((link, index) => (link.orders ? [index] : []));
  const closed = closing(
    count,
    ordering.map((index) => at(edges, index)),
  );
  const back = new Set([...closed].map((place) => at(ordering, place)));
  const down = ordering.map((index): Edge => {
    const [source, target] = at(edges, index);
    return back.has(index) ? [target, source] : [source, target];
  });
  return {
    layer: layers(
      count,
      down.filter(([source, target]) => source !== target),
    ),
    back,
  };
}

/** The way of each link from above to below; the dummies on it are added to `rows`. */
function chainsOf(
  edges: readonly Edge[],
  layer: readonly number[],
  rows: number[][],
  back: ReadonlySet<number>,
): Chain[] {
  const chains: Chain[] = new Array(edges.length);
  const spans = edges.map(([source, target]) => Math.abs(at(layer, target) - at(layer, source)));
  let [free, fresh] = [MOST_DUMMIES, layer.length];
  for (const index of [...edges.keys()].sort((one, other) => at(spans, one) - at(spans, other))) {
    const [source, target] = at(edges, index);
    const turned = at(layer, source) > at(layer, target);
    const [upper, lower] = turned ? [target, source] : [source, target];
    const way = wayOf(source === target, at(spans, index), free);
    const count = way === "down" ? at(spans, index) - 1 : 0;
    const dummies = Array.from({ length: count }, (_, step) => fresh + step);
    dummies.forEach((dummy, step) => at(rows, at(layer, upper) + 1 + step).push(dummy));
    [free, fresh] = [free - count, fresh + count];
    chains[index] = { vertices: [upper, ...dummies, lower], way, turned, back: back.has(index) };
  }
  return chains;
}

/** The way of a link over `span` layers, if there may be so many dummies more. */
function wayOf(loops: boolean, span: number, free: number): Way {
  if (span === 0) return loops ? "loop" : "beside";
  return span - 1 <= free ? "down" : "round";
}

/** The rooms of the layers, further apart where lines lead far to a side. */
function bandsOf(graph: Layered, xs: readonly number[], sizes: readonly Size[], spacing: Spacing): Band[] {
  let top = 0;
  return graph.layers.map((row) => {
    let [height, farthest] = [0, 0];
    for (const vertex of row) {
      height = Math.max(height, sizes[vertex]?.height ?? 0);
      for (const other of at(graph.below, vertex)) {
        farthest = Math.max(farthest, Math.abs(at(xs, vertex) - at(xs, other)));
      }
    }
    const band = { top, bottom: top + height };
    const wanted = Math.max(spacing.layers, farthest * SLOPE);
    top += height + Math.min(wanted, spacing.layers * MOST_APART);
    return band;
  });
}
