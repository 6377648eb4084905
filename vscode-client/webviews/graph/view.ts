/** The graph view: what is told of a plan, what people choose to see, and what they do there. */

import type { RunEvent, Shown, ToView } from "../../src/views/messages";
import { counted } from "../shared/format";
import { eachFrame } from "../shared/frame";
import { connect, type Host } from "../shared/host";
import { Queue } from "../shared/queue";
import { Around } from "./around";
import { Bar, type BarState } from "./bar";
import { criticalPath } from "./critical";
import type { Acts } from "./details";
import { Drawing } from "./drawing";
import { type Deeds, listen } from "./keyboard";
import { type Direction, neighbour } from "./keys";
import { States } from "./looks";
import { Model } from "./model";
import { asPng, asSvg } from "./picture";
import { type Choice, EVERYTHING, type Focus, isGroup, makeScene, MOST_NODES, type Unit } from "./scene";
import { Stage } from "./stage";
import { matcher, tally } from "./words";

const FOCI: readonly Focus[] = ["all", "upstream", "downstream", "both"];

export class GraphView {
  private readonly host: Host;
  private readonly bar: Bar;
  private readonly stage = new Stage((target) => this.clicked(target));
  private readonly around: Around;
  private readonly queue = new Queue();
  private readonly refreshSoon = eachFrame(() => this.refresh());

  private plan: Shown | null = null;
  private model = new Model({ nodes: [], edges: [] });
  private states = new States({ states: [] });
  private drawing: Drawing | null = null;
  private drawn = "";
  private choice: Choice = EVERYTHING;
  private selected: string | null = null;
  private caret: string | null = null;
  private showsCritical = true;
  private pinned = false;

  constructor(root: HTMLElement) {
    this.bar = new Bar({
      runPlan: () => this.host.post({ type: "runPlan" }),
      cancel: () => this.host.post({ type: "cancel" }),
      filter: (filter) => this.choose({ filter }),
      focus: (focus) => this.choose({ focus }),
      group: (groups) => this.choose({ groups, open: new Set() }),
      critical: (shown) => this.withCritical(shown),
      pin: (pinned) => this.pin(pinned),
      zoom: (factor) => this.stage.zoom(factor),
      fit: () => this.stage.fit(),
      save: (format) => void this.save(format),
    });
    this.around = new Around(root, this.bar, this.stage.root);
    listen(root, this.deeds());
    this.stage.root.addEventListener("focusin", ({ target }) => this.focused(Drawing.unitAt(target)));
    this.stage.root.addEventListener("dblclick", ({ target }) => this.enter(Drawing.unitAt(target)));
    this.host = connect((message) => this.hear(message));
    this.restore(this.host.remembered);
  }

  private hear(message: ToView): void {
    if (message.type === "plan") this.setPlan(message.plan);
    else if (message.type === "event") this.happened(message.event);
    else if (message.type === "caret" && !this.pinned) this.follow(message.node);
  }

  private setPlan(plan: Shown | null): void {
    const isOther = plan?.uri !== this.plan?.uri;
    if (isOther) this.leave();
    this.plan = plan;
    const graph = plan?.graph ?? { nodes: [], edges: [] };
    // Places in the text change with each keystroke, and nothing of the drawing with them.
    const shape = JSON.stringify([graph.nodes.map(({ name }) => name), graph.edges]);
    const isAsDrawn = shape === this.drawn && !this.choice.filter;
    this.drawn = shape;
    this.model = new Model(graph);
    this.states = new States(plan ?? { states: [] }, this.queue.waiting);
    if (isAsDrawn) this.refresh();
    else this.redraw(isOther);
  }

  /** Of what was chosen, only the filter is about any plan. */
  private leave(): void {
    this.queue.forget();
    this.selected = null;
    this.choice = { ...EVERYTHING, filter: this.choice.filter };
  }

  private happened(event: RunEvent): void {
    if (!this.queue.hear(event) || this.plan === null) return;
    this.states = new States(this.plan, this.queue.waiting);
    this.refreshSoon();
    if (event.event === "RunFinished") {
      this.around.say(`The run is over: ${tally(this.model.nodes.keys(), this.states)}.`);
    }
  }

  private follow(node: string | null): void {
    this.caret = node;
    const unit = this.unitOf(node);
    if (unit !== undefined) this.select(unit.id);
    else this.refresh();
  }

  /** Lay out anew what is to be seen, and paint it. */
  private redraw(isOther = false): void {
    const around = this.choice.focus === "all" ? null : (this.choice.around ?? this.selected);
    this.choice = { ...this.choice, around };
    const matches = matcher(this.choice.filter, this.model, this.states);
    const scene = makeScene(this.model, this.choice, matches);
    const anew = this.drawing === null || this.drawing.scene.units.size === 0 || isOther;
    const hadFocus = this.stage.root.contains(document.activeElement);
    this.drawing = new Drawing(scene);
    this.selected = scene.unitOf.get(this.selected ?? "") ?? null;
    this.stage.show(this.drawing, anew);
    this.refresh();
    if (hadFocus && this.selected !== null) this.drawing.focus(this.selected);
  }

  /** Show states and marks on what is drawn. */
  private refresh(): void {
    const { states, model } = this;
    const critical = this.showsCritical ? criticalPath(model, (name) => states.seconds(name)) : [];
    const caret = this.unitOf(this.caret)?.id ?? null;
    this.drawing?.mark({ model, states, critical: new Set(critical), selected: this.selected, caret });
    const unit = this.drawing?.scene.units.get(this.selected ?? "");
    this.around.show({ model, states, bar: this.barState(), unit, acts: this.acts() });
  }

  private barState(): BarState {
    const { plan, choice } = this;
    return {
      title: plan?.name ?? "No plan",
      hasEditor: this.host.hasEditor,
      mayRun: plan?.mayRun ?? false,
      running: plan?.running ?? false,
      filter: choice.filter,
      focus: choice.focus,
      large: this.model.nodes.size > MOST_NODES,
      grouped: choice.groups,
      critical: this.showsCritical,
      pinned: this.pinned,
    };
  }

  private acts(): Acts {
    const { host, plan } = this;
    const canRun = host.hasEditor && (plan?.mayRun ?? false);
    return {
      run: canRun ? (node, downstream) => host.post({ type: "run", node, downstream }) : null,
      open: host.hasEditor ? (node) => host.post({ type: "reveal", node, focus: true }) : null,
      results: host.hasEditor ? (node) => host.post({ type: "results", node }) : null,
      select: (node) => this.select(this.unitOf(node)?.id ?? null, true),
      expand: (unit) => this.expand(unit),
    };
  }

  private unitOf(node: string | null): Unit | undefined {
    const scene = this.drawing?.scene;
    return scene?.units.get(scene.unitOf.get(node ?? "") ?? "");
  }

  /** Select a box and show it; `focus` moves the keyboard there too. */
  private select(id: string | null, focus = false): void {
    this.selected = id;
    if (this.choice.focus !== "all" && id !== this.choice.around && focus)
      this.choice = { ...this.choice, around: id };
    this.refresh();
    const unit = id === null ? undefined : this.drawing?.scene.units.get(id);
    if (unit === undefined) return;
    this.stage.reveal(unit.box);
    if (focus) this.drawing?.focus(unit.id);
  }

  /** The keyboard has come to a box. */
  private focused(id: string | null): void {
    if (id !== null && id !== this.selected) this.select(id);
  }

  private clicked(target: EventTarget | null): void {
    const id = Drawing.unitAt(target);
    this.select(id, id !== null);
    const unit = id === null ? undefined : this.drawing?.scene.units.get(id);
    if (unit !== undefined && !isGroup(unit)) this.host.post({ type: "reveal", node: unit.id, focus: false });
  }

  /** Go into a box: to the text of a node, to the members of a group. */
  private enter(id: string | null): void {
    const unit = id === null ? undefined : this.drawing?.scene.units.get(id);
    if (unit === undefined) return;
    if (isGroup(unit)) this.expand(unit);
    else this.host.post({ type: "reveal", node: unit.id, focus: true });
  }

  private expand(unit: Unit): void {
    this.choose({ open: new Set([...this.choice.open, unit.id]) });
    this.select(unit.id, true);
    this.around.say(`The group is open: ${counted(unit.names.length, "node")}.`);
  }

  private choose(change: Partial<Choice>): void {
    this.choice = { ...this.choice, around: change.focus ? this.selected : this.choice.around, ...change };
    this.redraw();
    const { filter, focus } = this.choice;
    if (filter || change.focus) this.stage.fit();
    if (change.filter !== undefined)
      this.around.say(`Shown: ${counted(this.drawing?.scene.unitOf.size ?? 0, "node")}.`);
    this.host.remember({ filter, focus, pinned: this.pinned });
  }

  private withCritical(shown: boolean): void {
    this.showsCritical = shown;
    this.refresh();
  }

  private pin(pinned: boolean): void {
    this.pinned = pinned;
    this.host.post({ type: "pin", pinned });
    this.host.remember({ filter: this.choice.filter, focus: this.choice.focus, pinned });
    this.refresh();
  }

  private restore(state: unknown): void {
    if (typeof state !== "object" || state === null) return;
    const { filter, pinned } = state as Readonly<Record<string, unknown>>;
    if (typeof filter === "string") this.choice = { ...this.choice, filter };
    if (pinned === true) this.pin(true);
  }

  private async save(format: "svg" | "png"): Promise<void> {
    if (this.drawing === null) return;
    const content = format === "svg" ? asSvg(this.drawing.root) : await asPng(this.drawing.root);
    this.host.post({ type: "save", format, content });
  }

  private deeds(): Deeds {
    return {
      go: (direction, unit) => this.go(direction, unit),
      enter: (unit) => this.enter(unit),
      run: (unit, downstream) => this.run(unit ?? this.selected, downstream),
      nextFocus: () =>
        this.choose({ focus: FOCI[(FOCI.indexOf(this.choice.focus) + 1) % FOCI.length] ?? "all" }),
      toFilter: () => this.bar.toFilter(),
      zoom: (factor) => this.stage.zoom(factor),
      fit: () => this.stage.fit(),
      everything: () => this.choose({ filter: "", focus: "all" }),
    };
  }

  private go(direction: Direction, unit: string | null): void {
    if (this.drawing === null) return;
    const next = neighbour(this.drawing.scene, unit ?? this.selected ?? "", direction);
    if (next !== null) this.select(next, true);
  }

  private run(unit: string | null, downstream: boolean): void {
    if (unit !== null && this.model.nodes.has(unit)) this.acts().run?.(unit, downstream);
  }
}
