import type { RunEvent } from "../views/messages";
import { withMore, type Written } from "../views/written";

/** What is known of the course of a plan's runs. */
export interface Course {
  readonly running: boolean;
  /** How many nodes the run has, and how many of them have ended. */
  readonly progress: { readonly nodes: number; readonly ended: number };
  /** The events of the latest run, but for what its nodes wrote. */
  readonly events: readonly RunEvent[];
  /** What each node wrote when it last ran, be it in an earlier run. */
  readonly written: ReadonlyMap<string, readonly Written[]>;
  /** What told the results of nodes before that run; see `laterResults`. */
  readonly results: readonly RunEvent[];
}

export const NO_RUN: Course = {
  running: false,
  progress: { nodes: 0, ended: 0 },
  events: [],
  written: new Map(),
  results: [],
};

const ENDINGS = new Set(["NodeSucceeded", "NodeCached", "NodeFailed", "NodeBlocked", "NodeCancelled"]);
const MOST_WRITERS = 100; // Nodes whose output is kept: those that wrote last.

/** The course once another event is known. */
export function continued(course: Course, event: RunEvent): Course {
  const { progress, events, written, results } = course;
  if (event.event === "RunStarted") {
    const nodes = Array.isArray(event["nodes"]) ? event["nodes"].length : 0;
    const kept = laterResults(results, events);
    return { running: true, progress: { nodes, ended: 0 }, events: [event], written, results: kept };
  }
  return {
    running: event.event !== "RunFinished",
    progress: { ...progress, ended: progress.ended + (ENDINGS.has(event.event) ? 1 : 0) },
    events: event.event === "NodeOutput" ? events : [...events, event],
    written: laterWritten(written, event),
    results,
  };
}

/** What nodes have written once another event is known: a node that starts anew has written nothing yet. */
function laterWritten(written: Course["written"], { event, node, ...told }: RunEvent): Course["written"] {
  if (node === undefined || (event !== "NodeStarted" && event !== "NodeOutput")) return written;
  const others = [...written].filter(([name]) => name !== node);
  if (event === "NodeStarted") return written.has(node) ? new Map(others) : written;
  return new Map([...others.slice(1 - MOST_WRITERS), [node, withMore(written.get(node) ?? [], told)]]);
}

/** The same as events, for a view that is opened later. */
export function outputOf({ written }: Course): RunEvent[] {
  return [...written].flatMap(([node, pieces]) => pieces.map((piece) => ({ event: "NodeOutput", node, ...piece })));
}

/**
 * What told the last two results of each node that are not the same, oldest first: views compare them.
 *
 * @param earlier Those of earlier runs.
 * @param events A later run.
 */
export function laterResults(earlier: readonly RunEvent[], events: readonly RunEvent[]): RunEvent[] {
  const kept = new Map<string, RunEvent[]>();
  for (const event of [...earlier, ...events]) {
    if (event.node === undefined || digestOf(event) === undefined) continue;
    const known = kept.get(event.node) ?? [];
    if (digestOf(known.at(-1)) !== digestOf(event)) kept.set(event.node, [...known, event].slice(-2));
  }
  return [...kept.values()].flat();
}

function digestOf(event: RunEvent | undefined): unknown {
  const result = event?.["result"];
  return typeof result === "object" && result !== null && "digest" in result ? result.digest : undefined;
}
