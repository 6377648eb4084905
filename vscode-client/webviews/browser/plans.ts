/** Plans to show. */

import type {
  EdgeKind,
  GraphEdge,
  GraphNode,
  NodeState,
  Shown,
  Status,
  Value,
} from "../../src/views/messages";

const position = { line: 7, character: 4 };
const range = { start: position, end: position };

export function node(name: string, more: Partial<GraphNode> = {}): GraphNode {
  return {
    name,
    range,
    inputs: [],
    returns: "pd.DataFrame",
    summary: `What ${name} is.`,
    async: false,
    ...more,
  };
}

export function state(name: string, status: Status, more: Partial<NodeState> = {}): NodeState {
  const value = status === "done" ? "DataFrame 1,204×6" : "";
  return { node: name, status, line: "", wall: 0.012, value, error: "", range: null, by: [], ...more };
}

export function edge(from: string, to: string, kind: EdgeKind = "data"): GraphEdge {
  return { from, to, kind };
}

export function shown(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  more: Partial<Shown> = {},
): Shown {
  return {
    uri: "file:///plan/sales.plan.py",
    name: "sales.plan.py",
    graph: { nodes, edges },
    states: [],
    running: false,
    mayRun: true,
    ...more,
  };
}

/** Every state and every kind of dependency. */
export const SALES: Shown = shown(
  ["orders", "prices", "cleaned", "archive", "monthly", "report"].map((name) => node(name)),
  [
    edge("orders", "cleaned"),
    edge("prices", "monthly"),
    edge("cleaned", "monthly"),
    edge("cleaned", "archive", "control"),
    edge("archive", "report", "temporal"),
    edge("monthly", "report"),
    edge("prices", "archive", "resource"),
  ],
  {
    states: [
      state("orders", "done", { wall: 0.8 }),
      state("prices", "reused", { value: "dict 12 items" }),
      state("cleaned", "done", { wall: 0.3 }),
      state("monthly", "failed", { wall: 0.1, error: "KeyError: 'amont'" }),
      state("report", "blocked", { wall: null, by: ["monthly"] }),
    ],
    stale: ["archive"],
  },
);

/** A plan of so many nodes with one or two needs each, most of which have run. */
export function large(count: number): Shown {
  const random = chance(7);
  const names = Array.from({ length: count }, (_, index) => `step_${index}`);
  const edges = names.flatMap((name, index) => {
    const back = (most: number): string => names[Math.max(0, index - 1 - Math.floor(random() * most))] ?? "";
    const needs = new Set(random() < 0.5 ? [back(30), back(60)] : [back(30)]);
    return index === 0 ? [] : [...needs].map((need) => edge(need, name, random() < 0.9 ? "data" : "control"));
  });
  const ran = names.filter(() => random() < 0.8);
  const states = ran.map((name) => state(name, "done", { wall: random() }));
  return shown(
    names.map((name) => node(name)),
    edges,
    { states },
  );
}

/** Numbers from 0 to 1, the same each time. */
function chance(seed: number): () => number {
  let now = seed;
  return () => {
    now = (now * 1_103_515_245 + 12_345) % 2 ** 31;
    return now / 2 ** 31;
  };
}

export function value(more: Partial<Value> = {}): Value {
  return {
    type: "DataFrame",
    size: "1,000×3",
    preview: "a table",
    digest: "d1",
    bytes: 24_000,
    wall: 0.8,
    cpu: 0.7,
    memory: 81_000_000,
    html: "",
    png: "",
    data: "",
    ...more,
  };
}
