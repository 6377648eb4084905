/** A plan's graph with its neighbourhoods: what the views ask of it, and nothing that is drawn. */

import type { EdgeKind, Graph, GraphEdge, GraphNode } from "../../src/views/messages";

export class Model {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Edges between nodes that exist. */
  readonly edges: readonly GraphEdge[];
  private readonly into = new Map<string, GraphEdge[]>();
  private readonly outOf = new Map<string, GraphEdge[]>();

  constructor(graph: Graph) {
    this.nodes = new Map(graph.nodes.map((node) => [node.name, node]));
    this.edges = graph.edges.filter(({ from, to }) => this.nodes.has(from) && this.nodes.has(to));
    for (const edge of this.edges) {
      add(this.into, edge.to, edge);
      add(this.outOf, edge.from, edge);
    }
  }

  /** What a node needs: the edges that lead to it. */
  needs(name: string): readonly GraphEdge[] {
    return this.into.get(name) ?? [];
  }

  /** What needs a node: the edges that lead from it. */
  neededBy(name: string): readonly GraphEdge[] {
    return this.outOf.get(name) ?? [];
  }

  /** All that leads to a node, without it. */
  upstream(name: string): Set<string> {
    return this.reached(name, (at) =>
      this.needs(at)
        .filter(orders)
        .map((edge) => edge.from),
    );
  }

  /** All that follows from a node, without it. */
  downstream(name: string): Set<string> {
    return this.reached(name, (at) =>
      this.neededBy(at)
        .filter(orders)
        .map((edge) => edge.to),
    );
  }

  /** The names in an order in which they could run; what is in a cycle comes last. */
  order(): string[] {
    const ordering = this.edges.filter(orders);
    const missing = new Map([...this.nodes.keys()].map((name) => [name, 0]));
    for (const { to } of ordering) missing.set(to, (missing.get(to) ?? 0) + 1);
    const ready = [...this.nodes.keys()].filter((name) => missing.get(name) === 0);
    for (const name of ready) {
      for (const { to } of this.neededBy(name).filter(orders)) {
        const left = (missing.get(to) ?? 0) - 1;
        missing.set(to, left);
        if (left === 0) ready.push(to);
      }
    }
    const done = new Set(ready);
    return [...ready, ...[...this.nodes.keys()].filter((name) => !done.has(name))];
  }

  private reached(from: string, next: (name: string) => readonly string[]): Set<string> {
    const pending = [from];
    const found = new Set<string>();
    for (const name of pending) {
      for (const other of next(name)) {
        if (found.has(other)) continue;
        found.add(other);
        pending.push(other);
      }
    }
    found.delete(from);
    return found;
  }
}

/** Whether an edge says what comes first; two users of one resource may come in any order. */
export const orders = ({ kind }: { readonly kind: EdgeKind }): boolean => kind !== "resource";

/** What an edge means, read from the node that needs the other. */
export const MEANING: Readonly<Record<EdgeKind, string>> = {
  data: "takes its value",
  control: "runs after it",
  temporal: "waits for it",
  resource: "shares a resource",
};

/** The word at a line that is not the usual one. */
export const LABEL: Readonly<Record<EdgeKind, string>> = {
  data: "",
  control: "after",
  temporal: "wait",
  resource: "shared",
};

export function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
