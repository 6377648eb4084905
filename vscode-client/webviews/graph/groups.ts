/**
 * Groups of nodes for plans of which nobody could see every node at once.
 *
 * Chains are drawn together first, then what stands side by side and is needed by, or needs, the
 * same; where that is not enough, whole stretches of a layer. Each step joins nodes between which
 * no way leads through others, so that what is left has no cycle that was not there before.
 */

import { add, type Model, orders } from "./model";

/** The group of each node, by the name of the group's first node; a group may be of one. */
export type Groups = ReadonlyMap<string, string>;

/** Join nodes until at most so many groups are left. */
export function grouped(model: Model, most: number): Groups {
  const partition = new Partition(model);
  const steps = [joinChains, joinBy("before"), joinChains, joinBy("after"), joinChains];
  for (const step of steps) if (partition.size > most) partition.join(step(partition.quotient()));
  if (partition.size > most) partition.join(joinStretches(partition.quotient(), most));
  return partition.groups();
}

/** The members of each group, in the order of the plan. */
export function members(groups: Groups): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, group] of groups) add(found, group, name);
  return found;
}

/** The graph of the groups: their neighbours and their layers, in an order in which they could run. */
interface Quotient {
  readonly order: readonly string[];
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  readonly after: ReadonlyMap<string, ReadonlySet<string>>;
  readonly layer: ReadonlyMap<string, number>;
}

type Join = readonly [group: string, into: string];

class Partition {
  private readonly into = new Map<string, string>();
  private readonly names: readonly string[];
  size: number;

  constructor(private readonly model: Model) {
    this.names = model.order();
    this.size = this.names.length;
  }

  join(joins: Iterable<Join>): void {
    for (const [group, into] of joins) {
      const [one, other] = [this.root(group), this.root(into)];
      if (one === other) continue;
      this.into.set(one, other);
      this.size--;
    }
  }

  groups(): Groups {
    return new Map([...this.model.nodes.keys()].map((name) => [name, this.root(name)]));
  }

  quotient(): Quotient {
    const roots = this.names.filter((name) => !this.into.has(name));
    const [before, after] = [emptySets(roots), emptySets(roots)];
    const place = new Map(this.names.map((name, index) => [name, index]));
    for (const edge of this.model.edges.filter(orders)) {
      const [from, to] = [this.root(edge.from), this.root(edge.to)];
      // An edge that leads back closes a cycle of the plan; it is drawn, and decides nothing here.
      if (from === to || (place.get(edge.from) ?? 0) > (place.get(edge.to) ?? 0)) continue;
      before.get(to)?.add(from);
      after.get(from)?.add(to);
    }
    return { order: roots, before, after, layer: layersOf(roots, before, after) };
  }

  private root(name: string): string {
    let at = name;
    for (let next = this.into.get(at); next !== undefined; next = this.into.get(at)) at = next;
    if (at !== name) this.into.set(name, at);
    return at;
  }
}

const emptySets = (names: readonly string[]): Map<string, Set<string>> =>
  new Map(names.map((name) => [name, new Set<string>()]));

function layersOf(
  roots: readonly string[],
  before: Quotient["before"],
  after: Quotient["after"],
): Map<string, number> {
  const missing = new Map(roots.map((name) => [name, before.get(name)?.size ?? 0]));
  const layer = new Map(roots.map((name) => [name, 0]));
  const ready = roots.filter((name) => missing.get(name) === 0);
  for (const name of ready) {
    for (const other of after.get(name) ?? []) {
      layer.set(other, Math.max(layer.get(other) ?? 0, (layer.get(name) ?? 0) + 1));
      const left = (missing.get(other) ?? 0) - 1;
      missing.set(other, left);
      if (left === 0) ready.push(other);
    }
  }
  return layer;
}

/** Each group that alone follows the only one before it joins that one. */
function* joinChains({ order, before, after }: Quotient): Generator<Join> {
  for (const name of order) {
    const [only, ...others] = before.get(name) ?? [];
    if (only !== undefined && others.length === 0 && after.get(only)?.size === 1) yield [name, only];
  }
}

/** Groups of one layer with the same neighbours on one side join. */
const joinBy = (side: "before" | "after") =>
  function* (quotient: Quotient): Generator<Join> {
    const alike = new Map<string, string>();
    for (const name of quotient.order) {
      const neighbours = [...(quotient[side].get(name) ?? [])].sort();
      const key = JSON.stringify([quotient.layer.get(name), ...neighbours]);
      const first = alike.get(key);
      if (first === undefined) alike.set(key, name);
      else yield [name, first];
    }
  };

/** Stretches of each layer join, as many as are needed; with very many layers, layers do too. */
function* joinStretches({ order, layer }: Quotient, most: number): Generator<Join> {
  const deepest = Math.max(0, ...layer.values());
  const band = Math.ceil((deepest + 1) / Math.max(1, Math.floor(most / 2)));
  const bands = new Map<number, string[]>();
  for (const name of order) add(bands, Math.floor((layer.get(name) ?? 0) / band), name);
  const each = Math.max(1, Math.floor(most / bands.size));
  for (const names of bands.values()) {
    const stretch = Math.ceil(names.length / each);
    // Only a layer of its own can be cut: between two parts of several, ways could lead both ways.
    const size = band === 1 ? stretch : names.length;
    for (const [index, name] of names.entries()) {
      const first = names[index - (index % size)];
      if (first !== undefined && first !== name) yield [name, first];
    }
  }
}
