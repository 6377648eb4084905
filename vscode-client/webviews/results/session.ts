/** What the events of a plan's runs tell: output, times, and the results before the present ones. */

import type { RunEvent, RunSummary, Value } from "../../src/views/messages";
import { withMore, type Written } from "../../src/views/written";
import { fieldsOf, numberIn } from "./moment";

/** The time that a node took in a run; `end` is null while it runs. */
export interface Bar {
  readonly node: string;
  /** Seconds since the start of the run. */
  readonly start: number;
  readonly end: number | null;
  readonly outcome: string;
  readonly memory: number | null;
}

/** A run as a timeline shows it. */
export interface Timeline {
  readonly workers: number;
  readonly seconds: number;
  readonly bars: readonly Bar[];
}

export class Session {
  private readonly outputs = new Map<string, Written[]>();
  private readonly values = new Map<string, { now: Value; before: Value | null }>();
  private bars = new Map<string, Bar>();
  private workers = 1;
  private begun = 0;
  private latest = 0;

  /** What a node wrote in its last run, in the order in which it did. */
  output(node: string): readonly Written[] {
    return this.outputs.get(node) ?? [];
  }

  /** The result of a node before the present one; null if this session saw none. */
  before(node: string): Value | null {
    return this.values.get(node)?.before ?? null;
  }

  /** The last result of a node, whatever became of it since; null if this session saw none. */
  result(node: string): Value | null {
    return this.values.get(node)?.now ?? null;
  }

  /** The run that is under way, or was the last one; null if there was none. */
  get timeline(): Timeline | null {
    if (this.bars.size === 0) return null;
    return { workers: this.workers, seconds: this.latest - this.begun, bars: [...this.bars.values()] };
  }

  hear(event: RunEvent): void {
    const time = typeof event.time === "number" ? event.time : this.latest;
    this.latest = Math.max(this.latest, time);
    if (event.event === "RunStarted") this.start(event, time);
    if (typeof event.node !== "string") return;
    const { node } = event;
    if (event.event === "NodeStarted") this.outputs.delete(node);
    if (event.event === "NodeStarted" && !this.bars.has(node)) this.put(node, time, null, "running", null);
    if (event.event === "NodeOutput") this.outputs.set(node, withMore(this.outputs.get(node) ?? [], event));
    const outcome = OUTCOMES[event.event];
    if (outcome !== undefined) this.end(node, time, outcome, event);
  }

  /** Take in a value; what was there before stays to be compared with. */
  learn(node: string, value: Value): void {
    const known = this.values.get(node);
    if (known === undefined) this.values.set(node, { now: value, before: null });
    else if (known.now.digest !== value.digest) this.values.set(node, { now: value, before: known.now });
    else if (value.data || value.png) this.values.set(node, { now: value, before: known.before });
  }

  private start(event: RunEvent, time: number): void {
    this.bars = new Map();
    [this.begun, this.latest] = [time, time];
    this.workers = typeof event["workers"] === "number" ? event["workers"] : 1;
  }

  private end(node: string, time: number, outcome: string, event: RunEvent): void {
    const bar = this.bars.get(node);
    const memory = numberIn(fieldsOf(event["usage"]), "memory");
    if (bar !== undefined) this.put(node, bar.start + this.begun, time, outcome, memory);
    const result = event["result"];
    if (isValue(result)) this.learn(node, { ...result, html: "", png: "", data: "" });
  }

  private put(node: string, start: number, end: number | null, outcome: string, memory: number | null): void {
    const since = (at: number): number => Math.max(0, at - this.begun);
    this.bars.set(node, {
      node,
      start: since(start),
      end: end === null ? null : since(end),
      outcome,
      memory,
    });
  }
}

const OUTCOMES: Readonly<Record<string, string>> = {
  NodeSucceeded: "done",
  NodeCached: "reused",
  NodeFailed: "failed",
  NodeCancelled: "cancelled",
};

/** A remembered run as a timeline: of each call there is when it ended, and how long it took. */
export function remembered(run: RunSummary): Timeline {
  const begun = run.at - run.seconds;
  const bars = run.nodes.map((call): Bar => {
    const end = Math.max(0, call.at - begun);
    const start = Math.max(0, end - call.wall);
    return {
      node: call.node,
      start,
      end,
      outcome: call.outcome === "ran" ? "done" : "failed",
      memory: call.memory,
    };
  });
  return { workers: run.workers, seconds: run.seconds, bars };
}

function isValue(value: unknown): value is Value {
  return typeof value === "object" && value !== null && typeof (value as Value).digest === "string";
}
