/** What of the tree of nodes has to be drawn anew. Pure. */

import type { Known } from "./board";

/** What the tree shows of a plan. */
export interface Drawn {
  /** Which nodes there are, and how they need each other. */
  readonly outline: string;
  /** What is said of each node of which something is. */
  readonly said: ReadonlyMap<string, string>;
}

export function drawn({ graph, states, stale }: Pick<Known, "graph" | "states" | "stale">): Drawn {
  const nodes = graph.nodes.map(({ name, summary, returns }) => [name, summary, returns]);
  const said = new Map(states.map(({ node, status, line }) => [node, `${status} ${line}`]));
  for (const name of stale) said.set(name, `${said.get(name) ?? ""} stale`);
  return { outline: JSON.stringify([nodes, graph.edges]), said };
}

/** The nodes whose items are not what they were; null if that goes for the whole tree. */
export function changes(before: Drawn | undefined, now: Drawn): string[] | null {
  if (before?.outline !== now.outline) return null;
  const known = new Set([...before.said.keys(), ...now.said.keys()]);
  return [...known].filter((name) => before.said.get(name) !== now.said.get(name));
}
