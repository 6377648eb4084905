/** The results view: the nodes at the left, what came of the selected one beside them. */

import type { Past, RunEvent, Shown, ToView } from "../../src/views/messages";
import { States, statesOf } from "../graph/looks";
import { button, html, NOT_HERE } from "../shared/dom";
import { eachFrame } from "../shared/frame";
import { connect, type Host } from "../shared/host";
import { Queue } from "../shared/queue";
import { Findings } from "./findings";
import { NodeList } from "./list";
import { when } from "./panels";
import { Questions } from "./questions";
import { type Name, Sheet } from "./sheet";
import { type Mark, Tapes } from "./tapes";

export class ResultsView {
  private readonly host: Host;
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
  private readonly questions = new Questions(() => this.host);
  private readonly known = new Findings(() => this.host, this.questions, this.refreshSoon);
  private readonly tapes = new Tapes({
    ask: (command, argument, then) => this.questions.ask(command, argument, then),
    look: (_past, node) => this.lookAt(node),
    keepTapes: () => this.host.post({ type: "keepTapes" }),
    when,
  });
  private readonly sheet = new Sheet(this.known, this.tapes.root, {
    turned: () => this.turned(),
    select: (node) => this.select(node),
    goTo: (range, fixes) => this.host.post({ type: "place", range, fixes }),
  });

  private plan: Shown | null = null;
  private states = new States({ states: [] });
  private selected: string | null = null;
  /** The moment that the rest of the editor was told to show. */
  private told: Past | null | undefined;

  constructor(root: HTMLElement) {
    root.classList.add("results");
    const { tabs } = this.sheet;
    const acts = html("div", { class: "acts" }, this.run, this.stop, this.source);
    const header = html("header", {}, this.title, acts);
    const about = { class: "result", "aria-label": "Result" };
    const main = html("section", about, header, tabs.root, tabs.panel);
    root.append(this.list.root, main, this.live);
    new ResizeObserver(() => this.refreshSoon()).observe(tabs.panel);
    document.addEventListener("keydown", (event) => this.pressed(event));
    this.host = connect((message) => this.hear(message));
  }

  /** Whoever comes to the view is at nothing in it yet: that is the list. Esc leads back to the text. */
  private pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    if (event.key === "Escape") this.host.post({ type: "back" });
    else if (event.target === document.body) this.list.pressed(event);
  }

  private hear(message: ToView): void {
    if (message.type === "plan") this.setPlan(message.plan);
    else if (message.type === "event") this.happened(message.event);
    else if (message.type === "caret") this.select(message.node);
    else if (message.type === "value") this.known.setValue(message.node, message.value);
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
    else this.known.renew(this.selected, this.states);
    this.refreshSoon();
  }

  /** The view was hidden, and is shown again as it was left. */
  private restore(state: unknown): void {
    if (typeof state !== "object" || state === null) return;
    // SAFETY: what was remembered is what this view gave to remember.
    const { uri, tab, mark } = state as { uri?: string; tab: Name; mark: Mark | null };
    if (uri === undefined || uri !== this.plan?.uri) return;
    this.sheet.tabs.choose(tab);
    if (mark !== null) this.tapes.open(mark);
  }

  /** Another plan is shown: nothing that is known is about it. */
  private forget(): void {
    this.queue.forget();
    this.selected = null;
    this.sheet.toLastRun();
    this.known.forget();
    this.tapes.forget();
    if (this.sheet.tabs.chosen === "Tapes") this.tapes.refresh();
  }

  private happened(event: RunEvent): void {
    this.known.hear(event);
    if (this.queue.hear(event) && this.plan !== null) {
      this.states = new States(this.plan, this.queue.waiting);
    }
    if (event.event === "RunStarted") this.sheet.toLastRun();
    if (event.event === "RunFinished") {
      if (this.sheet.tabs.chosen === "Tapes") this.tapes.refresh();
      this.live.textContent = `The run is over: ${String(event["status"])}.`;
    }
    if (event.node !== undefined && event.node === this.selected && ENDINGS.has(event.event)) {
      this.known.askValue(event.node, this.states);
    }
    this.refreshSoon();
  }

  /** Another tab is shown: only with the tapes is a moment of one looked at. */
  private turned(): void {
    if (this.sheet.tabs.chosen === "Tapes") this.tapes.refresh();
    this.lookAt(null);
  }

  /** Show the nodes as they were at the moment that is looked at, here and in the graph view. */
  private lookAt(node: string | null): void {
    const tab = this.sheet.tabs.chosen;
    const past = tab === "Tapes" ? this.tapes.past : null;
    if (past !== this.told) this.host.post({ type: "past", past });
    this.told = past;
    this.host.remember({ uri: this.plan?.uri, tab, mark: this.tapes.mark });
    if (node !== null && this.plan?.graph.nodes.some(({ name }) => name === node)) this.select(node);
    this.refresh();
  }

  private select(node: string | null): void {
    if (node === null || node === this.selected) return;
    this.selected = node;
    this.known.askValue(node, this.states);
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
    this.run.title = plan === null || plan.mayRun ? "" : NOT_HERE;
    this.stop.disabled = !(plan?.running ?? false);
    this.sheet.show(selected ?? "", this.states);
  }
}

const ENDINGS = new Set(["NodeSucceeded", "NodeCached", "NodeFailed"]);
