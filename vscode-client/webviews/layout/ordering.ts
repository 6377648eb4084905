/**
 * The order of the vertices within their layers: few lines should cross.
 *
 * Sweeps of barycentres with a transposing step, after Gansner, Koutsofios, North and Vo, "A
 * technique for drawing directed graphs" (1993), section 3; the best order that was seen is kept.
 */

import { at } from "./shapes";

const MOST_SWEEPS = 24;
const FEWEST_SWEEPS = 4;
// Vertices times sweeps: what keeps the time bounded, whatever the graph.
const WORK = 60_000;
const MOST_TRANSPOSITIONS = 4;

export type Neighbours = readonly (readonly number[])[];

/** The layers, each in an order that lets no more lines cross than the order given. */
export function ordered(rows: number[][], above: Neighbours, below: Neighbours): number[][] {
  let [best, fewest] = [rows, crossings(rows, below)];
  const current = rows.map((row) => [...row]);
  const place = places(current, below.length);
  const size = rows.reduce((sum, row) => sum + row.length, 0);
  const most = Math.floor(WORK / Math.max(size, 1));
  const sweeps = Math.max(FEWEST_SWEEPS, Math.min(MOST_SWEEPS, most));
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    sweepOnce(current, place, above, below, sweep % 2 === 0);
    const found = crossings(current, below);
    if (found < fewest) [best, fewest] = [current.map((row) => [...row]), found];
  }
  return best;
}

/** How many pairs of lines between neighbouring layers cross. */
export function crossings(rows: readonly (readonly number[])[], below: Neighbours): number {
  const place = places(rows, below.length);
  let crossed = 0;
  rows.forEach((row, index) => {
    const counts = new Counts(rows[index + 1]?.length ?? 0);
    let seen = 0;
    for (const vertex of row) {
      const ends = at(below, vertex).map((other) => at(place, other));
      for (const end of ends) crossed += seen - counts.upTo(end);
      for (const end of ends) counts.add(end);
      seen += ends.length;
    }
  });
  return crossed;
}

/** How often each place was seen, as a tree of sums (Fenwick, 1994). */
class Counts {
  private readonly sums: Int32Array;

  constructor(places: number) {
    this.sums = new Int32Array(places + 1);
  }

  add(place: number): void {
    for (let i = place + 1; i < this.sums.length; i += i & -i) this.sums[i] = at(this.sums, i) + 1;
  }

  upTo(place: number): number {
    let sum = 0;
    for (let i = place + 1; i > 0; i -= i & -i) sum += at(this.sums, i);
    return sum;
  }
}

function places(rows: readonly (readonly number[])[], count: number): Int32Array {
  const place = new Int32Array(count);
  for (const row of rows) row.forEach((vertex, index) => (place[vertex] = index));
  return place;
}

function sweepOnce(
  rows: number[][],
  place: Int32Array,
  above: Neighbours,
  below: Neighbours,
  down: boolean,
): void {
  const [fixed, other] = down ? [above, below] : [below, above];
  for (const row of down ? rows.slice(1) : rows.slice(0, -1).reverse()) {
    byBarycentre(row, place, fixed);
    transpose(row, place, fixed, other);
  }
}

/** Sort by the mean place of the neighbours; a vertex without any keeps its place. */
function byBarycentre(row: number[], place: Int32Array, fixed: Neighbours): void {
  const moving: { vertex: number; mean: number }[] = [];
  for (const vertex of row) {
    const near = at(fixed, vertex);
    if (near.length > 0) moving.push({ vertex, mean: meanOf(near, place) });
  }
  moving.sort((one, other) => one.mean - other.mean);
  let next = 0;
  row.forEach((vertex, index) => {
    if (at(fixed, vertex).length > 0) row[index] = at(moving, next++).vertex;
  });
  row.forEach((vertex, index) => (place[vertex] = index));
}

function meanOf(near: readonly number[], place: Int32Array): number {
  let sum = 0;
  for (const other of near) sum += at(place, other);
  return sum / near.length;
}

/** Exchange neighbours of a layer as long as that takes crossings away, on both sides. */
function transpose(row: number[], place: Int32Array, fixed: Neighbours, other: Neighbours): void {
  const ends = row.map((vertex): Ends => {
    return [sortedPlaces(at(fixed, vertex), place), sortedPlaces(at(other, vertex), place)];
  });
  for (let round = 0, moved = true; round < MOST_TRANSPOSITIONS && moved; round++) {
    moved = false;
    for (let index = 0; index < row.length - 1; index++) {
      const [left, right] = [at(ends, index), at(ends, index + 1)];
      const now = crossed(left, right);
      if (now === 0 || crossed(right, left) >= now) continue;
      [row[index], row[index + 1]] = [at(row, index + 1), at(row, index)];
      [ends[index], ends[index + 1]] = [right, left];
      moved = true;
    }
  }
  row.forEach((vertex, index) => (place[vertex] = index));
}

/** Where the lines of a vertex end, on both sides. */
type Ends = readonly [fixed: readonly number[], other: readonly number[]];

function sortedPlaces(near: readonly number[], place: Int32Array): readonly number[] {
  const places = near.map((vertex) => at(place, vertex));
  return places.length > 1 ? places.sort(ascending) : places;
}

/** How many lines of two vertices side by side cross, on both sides. */
function crossed(left: Ends, right: Ends): number {
  return crossedOn(left[0], right[0]) + crossedOn(left[1], right[1]);
}

/** As above, on one side, by the sorted places where the lines end. */
function crossedOn(left: readonly number[], right: readonly number[]): number {
  let [sum, below] = [0, 0];
  for (const end of left) {
    while (below < right.length && at(right, below) < end) below++;
    sum += below;
  }
  return sum;
}

const ascending = (one: number, other: number): number => one - other;
