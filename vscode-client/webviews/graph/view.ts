/** The graph view: shows what it was told of a plan, as people have chosen to see it. */

import type { RunEvent, Shown, ToView } from "../../src/views/messages";
import { counted } from "../shared/format";
import { eachFrame, oncePainted } from "../shared/frame";
import { connect, type Host } from "../shared/host";
import { Around } from "./around";
import { Bar, type BarState } from "./bar";
import { criticalPath } from "./critical";
import { Drawing } from "./drawing";
import { type Handled, Hands, type Selecting } from "./hands";
import { asPng, asSvg } from "./picture";
import { type Choice, EVERYTHING, makeScene, MOST_NODES, type Scene, type Unit } from "./scene";
import { Stage } from "./stage";
import { Told } from "./told";
import { matcher, tally } from "./words";

export class GraphView implements Handled {
  readonly host: Host;
  readonly told = new Told();
  readonly stage = new Stage((target) => this.hands.clicked(target));
  choice: Choice = EVERYTHING;
  selected: string | null = null;
  private readonly bar: Bar;
  private readonly around: Around;
  private readonly hands: Hands;
  private readonly refreshSoon = eachFrame(() => this.refresh());
  private drawing: Drawing | null = null;
  private caret: string | null = null;
  private showsCritical = true;
  private pinned = false;

  constructor(root: HTMLElement) {
    this.bar = new Bar({
      present: () => this.host.post({ type: "past", past: null }),
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
    this.hands = new Hands(this);
    this.host = connect((message) => this.hear(message));
    this.restore(this.host.remembered);
  }

  get scene(): Scene | undefined {
    return this.drawing?.scene;
  }

  unitOf(node: string | null): Unit | undefined {
    return this.scene?.units.get(this.scene.unitOf.get(node ?? "") ?? "");
  }

  select(id: string | null, { focus = false, still = false }: Selecting = {}): void {
    this.selected = id;
    if (this.choice.focus !== "all" && id !== this.choice.around && focus)
      this.choice = { ...this.choice, around: id };
    this.refresh();
    const unit = id === null ? undefined : this.scene?.units.get(id);
    if (unit === undefined) return;
    if (!still) this.stage.reveal(unit.box);
    if (focus) this.drawing?.focus(unit.id);
  }

  choose(change: Partial<Choice>): void {
    this.choice = { ...this.choice, around: change.focus ? this.selected : this.choice.around, ...change };
    this.redraw();
    if (this.choice.filter || change.focus) this.stage.fit();
    if (change.filter !== undefined) this.say(`Shown: ${counted(this.scene?.unitOf.size ?? 0, "node")}.`);
    this.remember();
  }

  toFilter(): void {
    this.bar.toFilter();
  }

  say(text: string): void {
    this.around.say(text);
  }

  private hear(message: ToView): void {
    if (message.type === "plan") this.setPlan(message.plan);
    else if (message.type === "event") this.happened(message.event);
    else if (message.type === "caret" && !this.pinned) this.follow(message.node);
  }

  private setPlan(plan: Shown | null): void {
    const { isOther, isSameShape } = this.told.take(plan);
    if (isOther) {
      // Of what was chosen, only the filter is about any plan.
      this.selected = null;
      this.choice = { ...EVERYTHING, filter: this.choice.filter };
    }
    if (isSameShape && !isOther && !this.choice.filter) this.refresh();
    else this.redraw(isOther);
    if (isOther) this.remember();
  }

  private happened(event: RunEvent): void {
    if (!this.told.hear(event)) return;
    this.refreshSoon();
    if (event.event === "RunFinished") {
      this.say(`The run is over: ${tally(this.told.model.nodes.keys(), this.told.states)}.`);
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
    const { model, states } = this.told;
    const start = performance.now();
    const around = this.choice.focus === "all" ? null : (this.choice.around ?? this.selected);
    this.choice = { ...this.choice, around };
    const scene = makeScene(model, this.choice, matcher(this.choice.filter, model, states));
    const anew = this.scene === undefined || this.scene.units.size === 0 || isOther;
    const hadFocus = this.stage.root.contains(document.activeElement);
    this.drawing = new Drawing(scene);
    this.selected = scene.unitOf.get(this.selected ?? "") ?? null;
    this.stage.show(this.drawing, anew);
    this.refresh();
    if (hadFocus && this.selected !== null) this.drawing.focus(this.selected);
    oncePainted(() => {
      performance.clearMeasures("drawn");
      performance.measure("drawn", { start });
    });
  }

  /** Show states and marks on what is drawn. */
  private refresh(): void {
    const { states, model } = this.told;
    const critical = this.showsCritical ? criticalPath(model, (name) => states.seconds(name)) : [];
    const caret = this.unitOf(this.caret)?.id ?? null;
    this.drawing?.mark({ model, states, critical: new Set(critical), selected: this.selected, caret });
    const unit = this.scene?.units.get(this.selected ?? "");
    this.around.show({ model, states, bar: this.barState(), unit, acts: this.hands.acts() });
  }

  private barState(): BarState {
    const { choice, told } = this;
    return {
      title: told.plan?.name ?? "No plan",
      past: told.plan?.past?.about ?? "",
      hasEditor: this.host.hasEditor,
      mayRun: told.plan?.mayRun ?? false,
      running: told.plan?.running ?? false,
      filter: choice.filter,
      focus: choice.focus,
      large: told.model.nodes.size > MOST_NODES,
      grouped: choice.groups,
      critical: this.showsCritical,
      pinned: this.pinned,
    };
  }

  private withCritical(shown: boolean): void {
    this.showsCritical = shown;
    this.refresh();
  }

  private pin(pinned: boolean): void {
    this.pinned = pinned;
    this.host.post({ type: "pin", pinned });
    this.remember();
    this.refresh();
  }

  private remember(): void {
    const { filter, focus } = this.choice;
    this.host.remember({ uri: this.told.plan?.uri, filter, focus, pinned: this.pinned });
  }

  private restore(state: unknown): void {
    if (typeof state !== "object" || state === null) return;
    const { filter, pinned } = state as Readonly<Record<string, unknown>>;
    if (typeof filter === "string") this.choice = { ...this.choice, filter };
    if (pinned === true) this.pin(true);
  }

  private async save(format: "svg" | "png"): Promise<void> {
    if (this.drawing === null) return;
    this.around.tell("");
    try {
      const content = format === "svg" ? asSvg(this.drawing.root) : await asPng(this.drawing.root);
      this.host.post({ type: "save", format, content });
    } catch {
      // A browser bounds how large a picture may be, and says no more than that it cannot be made.
      this.around.tell(`The ${format.toUpperCase()} could not be made: the drawing may be too large for it.`);
    }
  }
}
