/**
 * The x coordinates of vertices whose order within their layers is settled.
 *
 * Brandes and Köpf, "Fast and simple horizontal coordinate assignment" (2001): vertices are lined
 * up with their median neighbours into vertical blocks, in four ways (from above or below, to the
 * left or right), and each gets the mean of the two middle results. Blocks are placed by longest
 * paths over what stands beside what, which also settles boxes of different widths.
 */

import type { Neighbours } from "./ordering";
import { at, get, pairwise } from "./shapes";

/** Ordered layers, and what is needed to place their vertices. */
export interface Layered {
  readonly layers: readonly (readonly number[])[];
  readonly above: Neighbours;
  readonly below: Neighbours;
  /** The first vertex that is no box, but where a long line passes a layer. */
  readonly dummies: number;
  readonly widths: readonly number[];
  /** What is kept free between two vertices: for boxes, and beside a dummy. */
  readonly gaps: readonly [boxes: number, dummies: number];
}

/** The middle of each vertex. Neighbours of a layer stand at least as far apart as they must. */
export function coordinates(graph: Layered): number[] {
  const conflicts = findConflicts(graph);
  const found = WAYS.map((way) => aligned(graph, conflicts, way));
  const extents = found.map((xs) => extent(graph, xs));
  const narrowest = at(found, extents.indexOf(Math.min(...extents)));
  const four = found.map((xs, index) => shifted(xs, narrowest, at(WAYS, index).left));
  // Each order statistic keeps distances that all four keep, and so does a mean of two of them.
  return graph.widths.map((_, vertex) => {
    const sorted = four.map((xs) => at(xs, vertex)).sort((one, other) => one - other);
    return (at(sorted, 1) + at(sorted, 2)) / 2;
  });
}

interface Way {
  readonly up: boolean;
  readonly left: boolean;
}

const WAYS: readonly Way[] = [
  { up: true, left: true },
  { up: true, left: false },
  { up: false, left: true },
  { up: false, left: false },
];

/** How far apart the middles of two vertices are that stand side by side, at least. */
function apart(graph: Layered, left: number, right: number): number {
  const gap = graph.gaps[Math.max(left, right) >= graph.dummies ? 1 : 0];
  return (at(graph.widths, left) + at(graph.widths, right)) / 2 + gap;
}

function extent(graph: Layered, xs: readonly number[]): number {
  let [least, most] = [Infinity, -Infinity];
  xs.forEach((x, vertex) => {
    const half = at(graph.widths, vertex) / 2;
    least = Math.min(least, x - half);
    most = Math.max(most, x + half);
  });
  return most - least;
}

function shifted(xs: readonly number[], onto: readonly number[], left: boolean): number[] {
  const side = left ? Math.min : Math.max;
  const edge = (all: readonly number[]): number => all.reduce((one, other) => side(one, other));
  const by = edge(onto) - edge(xs);
  return xs.map((x) => x + by);
}

/** Short lines, as numbers, that cross a part of a long one: the long one shall be straight. */
function findConflicts(graph: Layered): Set<number> {
  const conflicts = new Set<number>();
  const isDummy = (vertex: number): boolean => vertex >= graph.dummies;
  const place = placesOf(graph, graph.layers);
  for (const [upper, lower] of pairwise(graph.layers)) {
    let [passed, first] = [-1, 0];
    lower.forEach((vertex, index) => {
      const inner = isDummy(vertex) ? at(graph.above, vertex).find(isDummy) : undefined;
      if (inner === undefined && index < lower.length - 1) return;
      const limit = inner === undefined ? upper.length : at(place, inner);
      for (const other of lower.slice(first, index + 1)) {
        for (const near of at(graph.above, other)) {
          const within = passed <= at(place, near) && at(place, near) <= limit;
          if (!within && !(isDummy(near) && isDummy(other))) conflicts.add(line(graph, near, other));
        }
      }
      [passed, first] = [limit, index + 1];
    });
  }
  return conflicts;
}

/** The place of each vertex within its row. */
function placesOf(graph: Layered, rows: Layered["layers"]): Int32Array {
  const place = new Int32Array(graph.widths.length);
  for (const row of rows) row.forEach((vertex, index) => (place[vertex] = index));
  return place;
}

const line = (graph: Layered, upper: number, lower: number): number => upper * graph.widths.length + lower;

/** The coordinates of one of the four ways; the way to the right is the mirrored one. */
function aligned(graph: Layered, conflicts: ReadonlySet<number>, { up, left }: Way): number[] {
  const rows = graph.layers.map((row) => (left ? [...row] : [...row].reverse()));
  if (!up) rows.reverse();
  const isFree = (near: number, vertex: number): boolean =>
    !conflicts.has(up ? line(graph, near, vertex) : line(graph, vertex, near));
  const place = placesOf(graph, rows);
  const root = blocks(rows, up ? graph.above : graph.below, place, isFree);
  const xs = compact(graph, rows, root);
  return graph.widths.map((_, vertex) => (left ? 1 : -1) * at(xs, at(root, vertex)));
}

/** For each vertex the first one of its block. */
function blocks(
  rows: readonly number[][],
  nearer: Neighbours,
  place: Int32Array,
  isFree: (near: number, vertex: number) => boolean,
): Int32Array {
  const root = Int32Array.from(nearer, (_, vertex) => vertex);
  for (const row of rows.slice(1)) {
    let taken = -1;
    for (const vertex of row) {
      for (const near of medians(at(nearer, vertex), place)) {
        const there = at(place, near);
        if (root[vertex] !== vertex || taken >= there || !isFree(near, vertex)) continue;
        root[vertex] = at(root, near);
        taken = there;
      }
    }
  }
  return root;
}

function medians(neighbours: readonly number[], place: Int32Array): readonly number[] {
  if (neighbours.length < 2) return neighbours;
  const near = [...neighbours].sort((one, other) => at(place, one) - at(place, other));
  return near.slice(Math.floor((near.length - 1) / 2), Math.floor(near.length / 2) + 1);
}

type Distances = ReadonlyMap<number, Map<number, number>>;

/** A coordinate for each block: as far left as it can be, then as close to what is right. */
function compact(graph: Layered, rows: readonly number[][], root: Int32Array): Float64Array {
  const all = new Set(root);
  const before = new Map([...all].map((block) => [block, new Map<number, number>()]));
  const after = new Map([...all].map((block) => [block, new Map<number, number>()]));
  for (const row of rows) {
    for (const [one, other] of pairwise(row)) {
      const [left, right] = [at(root, one), at(root, other)];
      const distance = Math.max(apart(graph, one, other), get(before, right).get(left) ?? 0);
      get(before, right).set(left, distance);
      get(after, left).set(right, distance);
    }
  }
  const order = topological(all, before, after);
  const xs = new Float64Array(root.length);
  for (const block of order) {
    let x = 0;
    for (const [other, distance] of get(before, block)) x = Math.max(x, at(xs, other) + distance);
    xs[block] = x;
  }
  for (const block of order.reverse()) {
    let x = Infinity;
    for (const [other, distance] of get(after, block)) x = Math.min(x, at(xs, other) - distance);
    if (x !== Infinity) xs[block] = Math.max(at(xs, block), x);
  }
  return xs;
}

function topological(all: ReadonlySet<number>, before: Distances, after: Distances): number[] {
  const missing = new Map([...all].map((block) => [block, get(before, block).size]));
  const ready = [...all].filter((block) => missing.get(block) === 0);
  for (const block of ready) {
    for (const other of get(after, block).keys()) {
      const left = get(missing, other) - 1;
      missing.set(other, left);
      if (left === 0) ready.push(other);
    }
  }
  return ready;
}
