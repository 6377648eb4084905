import type { RunEvent } from "../views/messages";

/** What is known of the course of a plan's runs. */
export interface Course {
  readonly running: boolean;
  /** How many nodes the run has, and how many of them have ended. */
  readonly progress: { readonly nodes: number; readonly ended: number };
  /** The events of the latest run. */
  readonly events: readonly RunEvent[];
  /** What told the results of nodes before that run; see `laterResults`. */
  readonly results: readonly RunEvent[];
}

export const NO_RUN: Course = { running: false, progress: { nodes: 0, ended: 0 }, events: [], results: [] };

const ENDINGS = new Set(["NodeSucceeded", "NodeCached", "NodeFailed", "NodeBlocked", "NodeCancelled"]);
// Output can go on for ever; a view that is opened late is told the beginning of it.
const MOST_EVENTS = 5_000;

/** The course once another event is known. */
export function continued(course: Course, event: RunEvent): Course {
  const { progress, events, results } = course;
  if (event.event === "RunStarted") {
    const nodes = Array.isArray(event["nodes"]) ? event["nodes"].length : 0;
    const kept = laterResults(results, events);
    return { running: true, progress: { nodes, ended: 0 }, events: [event], results: kept };
  }
  const isKept = event.event !== "NodeOutput" || events.length < MOST_EVENTS;
  return {
    running: event.event !== "RunFinished",
    progress: { ...progress, ended: progress.ended + (ENDINGS.has(event.event) ? 1 : 0) },
    events: isKept ? [...events, event] : events,
    results,
  };
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
