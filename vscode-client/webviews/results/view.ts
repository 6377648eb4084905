/** The results view: the nodes at the left, what came of the selected one beside them. */

import type { RunEvent, RunSummary, Shown, ToView, Value } from "../../src/views/messages";
import { States } from "../graph/looks";
import { button, html } from "../shared/dom";
import { eachFrame } from "../shared/frame";
import { connect, type Host } from "../shared/host";
import { Queue } from "../shared/queue";
import { gantt } from "./gantt";
import { NodeList } from "./list";
import { comparePanel, outputPanel, runsPanel, valuePanel, when } from "./panels";
import { remembered, Session, type Timeline } from "./session";
import { Tabs } from "./tabs";

const NAMES = ["Value", "Output", "Compare", "Timeline", "Runs"] as const;
type Name = (typeof NAMES)[number];

export class ResultsView {
  private readonly host: Host;
  private readonly tabs = new Tabs<Name>(NAMES, () => this.refresh());
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
  private readonly refreshSoon = eachFrame(() => this.refresh());
  private session = new Session();

  private plan: Shown | null = null;
  private states = new States({ states: [] });
  private selected: string | null = null;
  private readonly values = new Map<string, Value | null>();
  private runs: readonly RunSummary[] = [];
  private past: RunSummary | null = null;
  private asked = 0;
  /** The state of the selected node when its value was last asked for. */
  private state: string | undefined;
  /** What the panel was last made of: it is only made anew, and scrolled back, for something new. */
  private shown = "";

  constructor(root: HTMLElement) {
    root.classList.add("results");
    const acts = html("div", { class: "acts" }, this.run, this.stop, this.source);
    const header = html("header", {}, this.title, acts);
    const main = html(
      "section",
      { class: "result", "aria-label": "Result" },
      header,
      this.tabs.root,
      this.tabs.panel,
    );
    root.append(this.list.root, main, this.live);
    this.host = connect((message) => this.hear(message));
  }

  private hear(message: ToView): void {
    if (message.type === "plan") this.setPlan(message.plan);
    else if (message.type === "event") this.happened(message.event);
    else if (message.type === "caret") this.select(message.node);
    else if (message.type === "value") this.setValue(message.node, message.value);
    else if (message.type === "answer" && message.id === this.asked && Array.isArray(message.result)) {
      this.runs = message.result as readonly RunSummary[];
      this.refreshSoon();
    }
  }

  private setPlan(plan: Shown | null): void {
    if (plan?.uri !== this.plan?.uri) this.forget();
    this.plan = plan;
    this.states = new States(plan ?? { states: [] }, this.queue.waiting);
    if (this.selected === null) this.select(plan?.graph.nodes[0]?.name ?? null);
    else if (JSON.stringify(this.states.of(this.selected)) !== this.state) this.askValue();
    this.refreshSoon();
  }

  /** Another plan is shown: nothing that is known is about it. */
  private forget(): void {
    this.session = new Session();
    this.queue.forget();
    this.values.clear();
    [this.runs, this.past, this.selected] = [[], null, null];
    this.askRuns();
  }

  private happened(event: RunEvent): void {
    this.session.hear(event);
    if (this.queue.hear(event) && this.plan !== null) {
      this.states = new States(this.plan, this.queue.waiting);
    }
    if (event.event === "RunStarted") this.past = null;
    if (event.event === "RunFinished") {
      this.askRuns();
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
  }

  private askRuns(): void {
    this.asked += 1;
    this.host.post({ type: "ask", id: this.asked, command: "codeact.history" });
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
    this.list.show(plan?.graph.nodes.map(({ name }) => name) ?? [], this.states, selected);
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
    if (tab === "Value") return valuePanel(value, this.states.of(node));
    if (tab === "Output") return outputPanel(this.session.output(node));
    if (tab === "Compare") return comparePanel(this.session.before(node), value, this.runs, node);
    if (tab === "Timeline") return this.timelinePanel();
    return runsPanel(this.runs, (run) => this.lookBack(run));
  }

  private timelinePanel(): Node[] {
    const { timeline, past } = this;
    if (timeline === null) return [html("p", { class: "empty" }, "No run to show yet.")];
    const title = past === null ? "The last run" : `The run of ${when(past.at)}`;
    const picture = gantt(timeline, (node) => this.select(node));
    return [html("h3", {}, title), html("div", { class: "acts" }, ...this.steps()), picture];
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
      Value: [value?.digest, value?.data?.length, this.states.of(node)?.error],
      Output: this.session.output(node).map(({ text }) => text.length),
      Compare: [value?.digest, this.session.before(node)?.digest, this.runs[0]?.run],
      Timeline: [this.past?.run, this.timeline],
      Runs: this.runs.map(({ run }) => run),
    };
    return JSON.stringify([
      this.tabs.chosen,
      this.tabs.chosen === "Timeline" ? "" : node,
      facts[this.tabs.chosen],
    ]);
  }
}

const ENDINGS = new Set(["NodeSucceeded", "NodeCached", "NodeFailed"]);
