/** What is shown of the selected node and of the plan's runs: the tabs, and what the chosen one holds. */

import type { Range, RunSummary } from "../../src/views/messages";
import type { States } from "../graph/looks";
import { button, html } from "../shared/dom";
import { failurePanel } from "./failure";
import type { Findings } from "./findings";
import { gantt } from "./gantt";
import { comparePanel, outputPanel, runsPanel, valuePanel, when } from "./panels";
import { remembered, type Timeline } from "./session";
import { Tabs } from "./tabs";

const NAMES = ["Value", "Output", "Compare", "Timeline", "Runs", "Tapes"] as const;
export type Name = (typeof NAMES)[number];
const OF_A_NODE: ReadonlySet<Name> = new Set(["Value", "Output", "Compare"]);

/** Pixels of the timeline that are there in the narrowest view, and in the widest. */
const [LEAST_WIDTH, MOST_WIDTH] = [220, 1100];

/** What it asks of the view that it is in. */
export interface Wishes {
  /** Another tab was chosen, which is to be shown. */
  readonly turned: () => void;
  readonly select: (node: string) => void;
  readonly goTo: (range: Range, fixes: boolean) => void;
}

export class Sheet {
  readonly tabs: Tabs<Name>;
  /** The earlier run that is on the timeline; null is the last one. */
  private past: RunSummary | null = null;
  /** What the panel was last made of: it is only made anew, and scrolled back, for something new. */
  private shown = "";

  constructor(
    private readonly known: Findings,
    private readonly tapes: HTMLElement,
    private readonly wishes: Wishes,
  ) {
    this.tabs = new Tabs<Name>(NAMES, wishes.turned);
  }

  /** The last run is on the timeline again. */
  toLastRun(): void {
    this.past = null;
  }

  show(node: string, states: States): void {
    const about = this.about(node, states);
    if (about === this.shown) return;
    this.shown = about;
    this.tabs.panel.replaceChildren(...this.panel(this.tabs.chosen, node, states));
  }

  private panel(tab: Name, node: string, states: States): Node[] {
    const { session, runs } = this.known;
    const value = this.known.valueOf(node);
    const failure = this.known.failureOf(node, states);
    if (tab === "Value" && failure) return failurePanel(failure, session.result(node), this.wishes.goTo);
    if (tab === "Value") return valuePanel(value, states.of(node));
    if (tab === "Output") return outputPanel(session.output(node));
    if (tab === "Compare") return comparePanel(session.before(node), value, runs, node);
    if (tab === "Timeline") return this.timelinePanel();
    if (tab === "Tapes") return [this.tapes];
    return runsPanel(runs, (run) => this.lookBack(run));
  }

  private timelinePanel(): Node[] {
    const { timeline, past } = this;
    if (timeline === null) return [html("p", { class: "empty" }, "No run to show yet.")];
    const title = past === null ? "The last run" : `The run of ${when(past.at)}`;
    const picture = gantt(timeline, this.width, this.wishes.select);
    return [html("h3", {}, title), html("div", { class: "acts" }, ...this.steps()), picture];
  }

  /** Pixels from side to side that there are for a picture. */
  private get width(): number {
    const { paddingLeft, paddingRight } = getComputedStyle(this.tabs.panel);
    const room = this.tabs.panel.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    return Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.floor(room)));
  }

  /** Buttons to the runs before and after the one that is shown. */
  private steps(): HTMLButtonElement[] {
    const { runs } = this.known;
    const place = this.past === null ? 0 : runs.indexOf(this.past);
    const step = (label: string, to: number): HTMLButtonElement => {
      const run = runs[to];
      const made = button(label, () => run && this.lookBack(run));
      made.disabled = run === undefined;
      return made;
    };
    return [step("◀ Earlier run", place + 1), step("Later run ▶", place - 1)];
  }

  private get timeline(): Timeline | null {
    if (this.past !== null) return remembered(this.past);
    const [last] = this.known.runs;
    return this.known.session.timeline ?? (last ? remembered(last) : null);
  }

  private lookBack(run: RunSummary): void {
    this.past = run;
    this.tabs.choose("Timeline");
  }

  /** What the panel depends on, in a form that can be compared. */
  private about(node: string, states: States): string {
    const { session, runs } = this.known;
    const value = this.known.valueOf(node);
    const facts = {
      Value: [value?.digest, value?.data?.length, states.of(node)?.error, this.known.failureOf(node, states)],
      Output: session.output(node).map(({ text }) => text.length),
      Compare: [value?.digest, session.before(node)?.digest, runs[0]?.run],
      Timeline: [this.past?.run, this.timeline, this.width],
      Runs: runs.map(({ run }) => run),
      // They show by themselves what is new.
      Tapes: "",
    };
    const { chosen } = this.tabs;
    return JSON.stringify([chosen, OF_A_NODE.has(chosen) ? node : "", facts[chosen]]);
  }
}
