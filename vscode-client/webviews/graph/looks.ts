/** How the state of a node is shown: a glyph, a word and a class; never by colour alone. */

import type { NodeState, Shown, Status } from "../../src/views/messages";
import { saidTime } from "../shared/format";

export type Kind = Status | "queued" | "stale" | "idle";

export interface Look {
  readonly kind: Kind;
  readonly glyph: string;
  readonly word: string;
}

export const LOOKS: Readonly<Record<Kind, Look>> = {
  idle: { kind: "idle", glyph: "○", word: "not run" },
  stale: { kind: "stale", glyph: "↻", word: "stale" },
  queued: { kind: "queued", glyph: "◔", word: "queued" },
  running: { kind: "running", glyph: "▶", word: "running" },
  done: { kind: "done", glyph: "✓", word: "done" },
  reused: { kind: "reused", glyph: "≡", word: "reused" },
  failed: { kind: "failed", glyph: "✗", word: "failed" },
  blocked: { kind: "blocked", glyph: "⊘", word: "blocked" },
};

/** What is known of the nodes of a plan at a moment. */
export class States {
  private readonly known: ReadonlyMap<string, NodeState>;
  private readonly stale: ReadonlySet<string>;

  constructor(
    private readonly plan: Pick<Shown, "states" | "stale" | "durations">,
    private readonly queue: ReadonlySet<string> = new Set(),
  ) {
    this.known = new Map(plan.states.map((state) => [state.node, state]));
    this.stale = new Set(plan.stale);
  }

  of(name: string): NodeState | undefined {
    return this.known.get(name);
  }

  look(name: string): Look {
    const status = this.known.get(name)?.status;
    if (status === "running" || !this.queue.has(name)) {
      if (status !== undefined) return LOOKS[status];
      return this.stale.has(name) ? LOOKS.stale : LOOKS.idle;
    }
    return LOOKS.queued;
  }

  /** Seconds that a node took, else those that it took when it last ran; null if it never did. */
  seconds(name: string): number | null {
    return this.known.get(name)?.wall ?? this.plan.durations?.[name] ?? null;
  }

  /** What there is to say below the name: the time and the value, or why there is none. */
  detail(name: string): string {
    const state = this.known.get(name);
    if (state?.error) return state.error;
    if (state?.status === "blocked") return `needs ${state.by.join(", ")}`;
    const seconds = this.seconds(name);
    const time = seconds === null ? "" : `${state ? "" : "~"}${saidTime(seconds)}`;
    return [time, state?.value ?? ""].filter(Boolean).join(" · ");
  }
}

/** The states that a view shows: those of now, or of the moment of a tape that is looked at. */
export function statesOf(plan: Shown | null, queue: ReadonlySet<string> = new Set()): States {
  const past = plan?.past;
  return past ? new States(past, new Set(past.queued)) : new States(plan ?? { states: [] }, queue);
}
