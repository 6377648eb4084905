/** Which links close a cycle, and in which layer each vertex stands. */

import { at } from "./shapes";

// How often the vertices are moved closer to their neighbours; more changes next to nothing.
const ROUNDS = 6;

export type Edge = readonly [source: number, target: number];

/**
 * Indices of the edges without which there is no cycle: those that lead back on a search.
 *
 * Edges from a vertex to itself are not among them.
 */
export function closing(count: number, edges: readonly Edge[]): Set<number> {
  const leaving: number[][] = lists(count);
  const entered = new Array<boolean>(count).fill(false);
  edges.forEach(([source, target], index) => {
    if (source === target) return;
    at(leaving, source).push(index);
    entered[target] = true;
  });
  const search = new Search(edges, leaving);
  // What nothing leads to comes first, so that a cycle is cut where it is entered.
  for (const first of [false, true]) {
    for (let root = 0; root < count; root++) if (entered[root] === first) search.from(root);
  }
  return search.back;
}

/** A search through the depth, which notes the edges that lead back to where it has not returned. */
class Search {
  readonly back = new Set<number>();
  private readonly state: Uint8Array;

  constructor(
    private readonly edges: readonly Edge[],
    private readonly leaving: readonly number[][],
  ) {
    this.state = new Uint8Array(leaving.length);
  }

  from(root: number): void {
    if (this.state[root] !== NEW) return;
    this.state[root] = OPEN;
    const stack = [{ vertex: root, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const index = at(this.leaving, top.vertex)[top.next++];
      if (index === undefined) {
        this.state[top.vertex] = DONE;
        stack.pop();
        continue;
      }
      const target = at(this.edges, index)[1];
      if (this.state[target] === OPEN) this.back.add(index);
      if (this.state[target] !== NEW) continue;
      this.state[target] = OPEN;
      stack.push({ vertex: target, next: 0 });
    }
  }
}

const [NEW, OPEN, DONE] = [0, 1, 2];

/**
 * A layer for each vertex, from 0, such that every edge leads to a higher one.
 *
 * Longest paths give as few layers as there can be. Then vertices move within the room that they
 * have, towards the side to which more of their edges lead, which shortens lines as the network
 * simplex method would, if not always to the optimum.
 *
 * @param edges From which to which; without cycles.
 */
export function layers(count: number, edges: readonly Edge[]): number[] {
  const before = lists(count);
  const after = lists(count);
  for (const [source, target] of edges) {
    at(before, target).push(source);
    at(after, source).push(target);
  }
  const order = topological(before, after);
  const layer = new Array<number>(count).fill(0);
  for (const vertex of order) {
    layer[vertex] = 1 + highest(at(before, vertex), layer, -1);
  }
  for (let round = 0; round < ROUNDS; round++) if (!tighten(order, layer, before, after)) break;
  return layer;
}

/** So many empty lists. */
export const lists = (count: number): number[][] => Array.from({ length: count }, () => []);

function topological(before: readonly number[][], after: readonly number[][]): number[] {
  const missing = before.map((others) => others.length);
  const order = missing.flatMap((number, vertex) => (number === 0 ? [vertex] : []));
  for (const vertex of order) {
    for (const other of at(after, vertex)) {
      const left = at(missing, other) - 1;
      missing[other] = left;
      if (left === 0) order.push(other);
    }
  }
  return order;
}

/** Move each vertex once; whether any has moved. */
function tighten(
  order: readonly number[],
  layer: number[],
  before: readonly number[][],
  after: readonly number[][],
): boolean {
  const old = [...layer];
  for (const vertex of [...order].reverse()) {
    const [up, down] = [at(before, vertex), at(after, vertex)];
    if (down.length > up.length) layer[vertex] = lowest(down, layer) - 1;
  }
  for (const vertex of order) {
    const [up, down] = [at(before, vertex), at(after, vertex)];
    if (up.length > down.length) layer[vertex] = highest(up, layer, -1) + 1;
  }
  return layer.some((each, vertex) => each !== old[vertex]);
}

function highest(vertices: readonly number[], layer: readonly number[], least: number): number {
  return vertices.reduce((found, vertex) => Math.max(found, at(layer, vertex)), least);
}

function lowest(vertices: readonly number[], layer: readonly number[]): number {
  return vertices.reduce((found, vertex) => Math.min(found, at(layer, vertex)), Infinity);
}
