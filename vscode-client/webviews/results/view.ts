/** The results view: the nodes at the left, what came of the selected one beside them. */

import type { Failure, Past, Range, RunEvent, RunSummary, Shown, ToView, Value } from "../../src/views/messages";
import { States, statesOf } from "../graph/looks";
import { button, html } from "../shared/dom";
import { eachFrame } from "../shared/frame";
import { connect, type Host } from "../shared/host";
import { Queue } from "../shared/queue";
import { failurePanel } from "./failure";
import { gantt } from "./gantt";
import { NodeList } from "./list";
import { comparePanel, outputPanel, runsPanel, valuePanel, when } from "./panels";
import { Questions } from "./questions";
import { remembered, Session, type Timeline } from "./session";
import { Tabs } from "./tabs";
import { type Mark, Tapes } from "./tapes";

const NAMES = ["Value", "Output", "Compare", "Timeline", "Runs", "Tapes"] as const;
type Name = (typeof NAMES)[number];

export class ResultsView {
  private readonly host: Host;
  private readonly tabs = new Tabs<Name>(NAMES, () => this.turned());
  private readonly list = new NodeList({
    select: (node) => this.select(node),
    open: (node) => this.open(node),
  });
  private readonly title = html("h1");
  private readonly run = button("Run", () => this.runSelected());
  private readonly stop = button("Stop", () => this.host.post({ type: "cancel" }));
  private readonly source = button("Open source", () => this.open(this.selected));
  private readonly live = html("div", { class: "unseen", role: "status" });
  private readonly queue = new Queue();
  private readonly questions = new Questions(() => this.host);
  private readonly tapes = new Tapes({
    ask: (command, argument, then) => this.questions.ask(command, argument, then),
    look: (_past, node) => this.lookAt(node),
    keepTapes: () => this.host.post({ type: "keepTapes" }),
    when,
  });
  private readonly refreshSoon = eachFrame(() => this.refresh());
  private session = new Session();

  private plan: Shown | null = null;
  private states = new States({ states: [] });
  private selected: string | null = null;
  private readonly values = new Map<string, Value | null>();
  private readonly failures = new Map<string, Failure>();
  private runs: readonly RunSummary[] = [];
  private past: RunSummary | null = null;
  /** The moment that the rest of the editor was told to show. */
  private told: Past | null | undefined;
  /** The state of the selected node when its value was last asked for. */
  private state: string | undefined;
  /** What the panel was last made of: it is only made anew, and scrolled back, for something new. */
  private shown = "";

  constructor(root: HTMLElement) {
    root.classList.add("results");
    const acts = html("div", { class: "acts" }, this.run, this.stop, this.source);
    const header = html("header", {}, this.title, acts);
    const about = { class: "result", "aria-label": "Result" };
    const main = html("section", about, header, this.tabs.root, this.tabs.panel);
    root.append(this.list.root, main, this.live);
    new ResizeObserver(() => this.refreshSoon()).observe(this.tabs.panel);
    this.host = connect((message) => this.hear(message));
  }

  private hear(message: ToView): void {
    if (message.type === "plan") this.setPlan(message.plan);
    else if (message.type === "event") this.happened(message.event);
    else if (message.type === "caret") this.select(message.node);
    else if (message.type === "value") this.setValue(message.node, message.value);
    else if (message.type === "answer") this.questions.hear(message.id, message);
  }

  private setPlan(plan: Shown | null): void {
    const isFirst = this.told === undefined;
    if (plan?.uri !== this.plan?.uri) this.forget();
    this.plan = plan;
    if (isFirst) this.restore(this.host.remembered);
    this.tapes.setKept(plan?.taped ?? false);
    this.states = new States(plan ?? { states: [] }, this.queue.waiting);
    if (this.selected === null) this.select(plan?.graph.nodes[0]?.name ?? null);
    else if (JSON.stringify(this.states.of(this.selected)) !== this.state) this.askValue();
    else this.askFailure();
    this.refreshSoon();
  }

  /** The view was hidden, and is shown again as it was left. */
  private restore(state: unknown): void {
    if (typeof state !== "object" || state === null) return;
    // SAFETY: what was remembered is what this view gave to remember.
    const { uri, tab, mark } = state as { uri?: string; tab: Name; mark: Mark | null };
    if (uri === undefined || uri !== this.plan?.uri) return;
    this.tabs.choose(tab);
    if (mark !== null) this.tapes.open(mark);
  }

  /** Another plan is shown: nothing that is known is about it. */
  private forget(): void {
    this.session = new Session();
    this.queue.forget();
    this.values.clear();
    this.failures.clear();
    [this.runs, this.past, this.selected] = [[], null, null];
    this.questions.forget();
    this.tapes.forget();
    this.askRuns();
    if (this.tabs.chosen === "Tapes") this.tapes.refresh();
  }

  private happened(event: RunEvent): void {
    this.session.hear(event);
    if (this.queue.hear(event) && this.plan !== null) {
      this.states = new States(this.plan, this.queue.waiting);
    }
    if (event.event === "RunStarted") this.past = null;
    if (event.event === "RunFinished") {
      this.askRuns();
      if (this.tabs.chosen === "Tapes") this.tapes.refresh();
      this.live.textContent = `The run is over: ${String(event["status"])}.`;
    }
    if (event.node === this.selected && ENDINGS.has(event.event)) this.askValue();
    this.refreshSoon();
  }

  private setValue(node: string, value: Value | null): void {
    this.values.set(node, value);
    if (value !== null) this.session.learn(node, value);
    this.refreshSoon();
  }

  private askValue(): void {
    if (this.selected === null) return;
    this.state = JSON.stringify(this.states.of(this.selected));
    this.host.post({ type: "value", node: this.selected });
    this.askFailure();
  }

  /** An edit moves it, and fixes come when they have been run: of a node that failed it is asked again. */
  private askFailure(): void {
    const node = this.selected;
    if (node === null || !this.states.of(node)?.error) return;
    this.questions.ask("codeact.failure", { node }, ({ result }) => {
      if (result) this.failures.set(node, result as Failure);
      this.refreshSoon();
    });
  }

  private askRuns(): void {
    this.questions.ask("codeact.history", {}, ({ result }) => {
      if (Array.isArray(result)) this.runs = result as readonly RunSummary[];
      this.refreshSoon();
    });
  }

  /** Another tab is shown: only with the tapes is a moment of one looked at. */
  private turned(): void {
    if (this.tabs.chosen === "Tapes") this.tapes.refresh();
    this.lookAt(null);
  }

  /** Show the nodes as they were at the moment that is looked at, here and in the graph view. */
  private lookAt(node: string | null): void {
    const past = this.tabs.chosen === "Tapes" ? this.tapes.past : null;
    if (past !== this.told) this.host.post({ type: "past", past });
    this.told = past;
    this.host.remember({ uri: this.plan?.uri, tab: this.tabs.chosen, mark: this.tapes.mark });
    if (node !== null && this.plan?.graph.nodes.some(({ name }) => name === node)) this.select(node);
    this.refresh();
  }

  private select(node: string | null): void {
    if (node === null || node === this.selected) return;
    this.selected = node;
    this.askValue();
    this.refresh();
  }

  private open(node: string | null): void {
    if (node !== null) this.host.post({ type: "reveal", node, focus: true });
  }

  private runSelected(): void {
    if (this.selected !== null) this.host.post({ type: "run", node: this.selected, downstream: false });
  }

  private refresh(): void {
    const { selected, plan } = this;
    const states = this.told && plan ? statesOf({ ...plan, past: this.told }) : this.states;
    this.list.show(plan?.graph.nodes.map(({ name }) => name) ?? [], states, selected);
    this.title.textContent = selected ?? plan?.name ?? "No plan";
    this.source.disabled = selected === null;
    this.run.disabled = selected === null || !(plan?.mayRun ?? false);
    this.stop.disabled = !(plan?.running ?? false);
    const about = this.about();
    if (about === this.shown) return;
    this.shown = about;
    this.tabs.panel.replaceChildren(...this.panel(this.tabs.chosen, selected ?? ""));
  }

  private panel(tab: Name, node: string): Node[] {
    const value = this.values.get(node) ?? null;
    const failure = this.failureOf(node);
    if (tab === "Value" && failure) return failurePanel(failure, this.session.result(node), this.goTo);
    if (tab === "Value") return valuePanel(value, this.states.of(node));
    if (tab === "Output") return outputPanel(this.session.output(node));
    if (tab === "Compare") return comparePanel(this.session.before(node), value, this.runs, node);
    if (tab === "Timeline") return this.timelinePanel();
    if (tab === "Tapes") return [this.tapes.root];
    return runsPanel(this.runs, (run) => this.lookBack(run));
  }

  /** How a node failed, if that is still so. */
  private failureOf(node: string): Failure | undefined {
    return this.states.of(node)?.error ? this.failures.get(node) : undefined;
  }

  private readonly goTo = (range: Range, fixes: boolean): void => {
    this.host.post({ type: "place", range, fixes });
  };

  private timelinePanel(): Node[] {
    const { timeline, past } = this;
    if (timeline === null) return [html("p", { class: "empty" }, "No run to show yet.")];
    const title = past === null ? "The last run" : `The run of ${when(past.at)}`;
    const picture = gantt(timeline, this.width, (node) => this.select(node));
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
    const place = this.past === null ? 0 : this.runs.indexOf(this.past);
    const step = (label: string, to: number): HTMLButtonElement => {
      const run = this.runs[to];
      const made = button(label, () => run && this.lookBack(run));
      made.disabled = run === undefined;
      return made;
    };
    return [step("◀ Earlier run", place + 1), step("Later run ▶", place - 1)];
  }

  private get timeline(): Timeline | null {
    if (this.past !== null) return remembered(this.past);
    const [last] = this.runs;
    return this.session.timeline ?? (last ? remembered(last) : null);
  }

  private lookBack(run: RunSummary): void {
    this.past = run;
    this.tabs.choose("Timeline");
  }

  /** What the panel depends on, in a form that can be compared. */
  private about(): string {
    const node = this.selected ?? "";
    const value = this.values.get(node);
    const facts = {
      Value: [value?.digest, value?.data?.length, this.states.of(node)?.error, this.failureOf(node)],
      Output: this.session.output(node).map(({ text }) => text.length),
      Compare: [value?.digest, this.session.before(node)?.digest, this.runs[0]?.run],
      Timeline: [this.past?.run, this.timeline, this.width],
      Runs: this.runs.map(({ run }) => run),
      // They show by themselves what is new.
      Tapes: "",
    };
    const { chosen } = this.tabs;
    return JSON.stringify([chosen, OF_A_NODE.has(chosen) ? node : "", facts[chosen]]);
  }
}

/** Pixels of the timeline that are there in the narrowest view, and in the widest. */
const [LEAST_WIDTH, MOST_WIDTH] = [220, 1100];

const OF_A_NODE: ReadonlySet<Name> = new Set(["Value", "Output", "Compare"]);

const ENDINGS = new Set(["NodeSucceeded", "NodeCached", "NodeFailed"]);
