/** What was known at a step of a tape: the states of the nodes, and the text of the plan. */

import type { NodeState, Past, Status, Step } from "../../src/views/messages";
import { textsOf } from "../shared/queue";

/** What was known of the nodes once the steps up to a place had happened. */
export function momentAt(steps: readonly Step[], place: number): Omit<Past, "about"> {
  const states = new Map<string, NodeState>();
  let queued = new Set<string>();
  for (const step of steps.slice(0, place + 1)) {
    if (step.event === "RunStarted") {
      queued = new Set(textsOf(step["nodes"]));
      for (const name of queued) states.delete(name);
    } else if (step.event === "RunFinished" || step.event === "Ended") queued = new Set();
    const node = step["node"];
    if (typeof node !== "string" || !ABOUT_A_NODE.has(step.event)) continue;
    queued.delete(node);
    const status = STATUSES[step.event];
    if (status === undefined) states.delete(node);
    else states.set(node, stateOf(node, status, step));
  }
  return { states: [...states.values()], queued: [...queued] };
}

const STATUSES: Readonly<Record<string, Status>> = {
  NodeStarted: "running",
  NodeSucceeded: "done",
  NodeCached: "reused",
  NodeFailed: "failed",
  NodeBlocked: "blocked",
};
const ABOUT_A_NODE: ReadonlySet<string> = new Set([...Object.keys(STATUSES), "NodeCancelled"]);

function stateOf(node: string, status: Status, step: Step): NodeState {
  const [result, error] = [fieldsOf(step["result"]), fieldsOf(step["error"])];
  const took = Object.keys(result).length > 0 ? result : fieldsOf(step["usage"]);
  return {
    node,
    status,
    line: step.said,
    wall: numberIn(took, "wall") || null,
    memory: numberIn(took, "memory"),
    value: [textIn(result, "type"), textIn(result, "size")].filter(Boolean).join(" "),
    error: status === "failed" ? headline(error) : "",
    range: null,
    by: textsOf(step["by"]),
  };
}

/** The first line of a failure. */
export function headline(error: Fields): string {
  const all = [textIn(error, "type"), textIn(error, "message")].filter(Boolean).join(": ");
  return all.split("\n", 1)[0] ?? "";
}

/** The text of the plan before a step; empty where there was none yet. */
export function textBefore(steps: readonly Step[], place: number): string {
  const last = steps.slice(0, Math.max(0, place)).findLast(({ event }) => event === "Revised");
  return last === undefined ? "" : textIn(last, "text");
}

/** Something that has fields, whatever was sent as that. */
export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** A field as text; empty where it is none. */
export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export function numberIn(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === "number" ? value : null;
}
