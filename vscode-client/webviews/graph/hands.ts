/** What people do in the graph view with the pointer, by keys and with buttons. */

import { counted } from "../shared/format";
import type { Host } from "../shared/host";
import type { Acts } from "./details";
import { Drawing } from "./drawing";
import { type Deeds, listen } from "./keyboard";
import { type Direction, neighbour } from "./keys";
import { type Choice, type Focus, isGroup, type Scene, type Unit } from "./scene";
import type { Stage } from "./stage";
import type { Told } from "./told";

/** How a box is selected. */
export interface Selecting {
  /** Whether the keyboard moves there too. */
  readonly focus?: boolean;
  /** Whether nothing moves to show it: it lies under a pointer, which may click once more. */
  readonly still?: boolean;
}

/** What of the view they do it with. */
export interface Handled {
  readonly host: Host;
  readonly told: Told;
  readonly stage: Stage;
  readonly scene: Scene | undefined;
  readonly choice: Choice;
  /** The box that is selected. */
  readonly selected: string | null;
  select(id: string | null, how?: Selecting): void;
  choose(change: Partial<Choice>): void;
  /** The box that a node is in. */
  unitOf(node: string | null): Unit | undefined;
  toFilter(): void;
  /** Have a screen reader say something. */
  say(text: string): void;
}

const FOCI: readonly Focus[] = ["all", "upstream", "downstream", "both"];

export class Hands {
  private pressing = false;

  constructor(private readonly view: Handled) {
    listen(this.deeds());
    const stage = view.stage.root;
    stage.addEventListener("pointerdown", () => (this.pressing = true));
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => (this.pressing = false));
    stage.addEventListener("focusin", ({ target }) => this.focused(Drawing.unitAt(target)));
    stage.addEventListener("dblclick", ({ target }) => this.enter(Drawing.unitAt(target)));
  }

  /** A click on the stage: it selects, and shows a node in the text. */
  clicked(target: EventTarget | null): void {
    const id = Drawing.unitAt(target);
    this.view.select(id, { focus: id !== null, still: true });
    const unit = this.unit(id);
    if (unit !== undefined && !isGroup(unit)) this.view.host.post({ type: "reveal", node: unit.id, focus: false });
  }

  /** What the buttons beside the drawing do. */
  acts(): Acts {
    const { host, told } = this.view;
    const canRun = host.hasEditor && (told.plan?.mayRun ?? false);
    return {
      run: canRun ? (node, downstream) => host.post({ type: "run", node, downstream }) : null,
      open: host.hasEditor ? (node) => host.post({ type: "reveal", node, focus: true }) : null,
      results: host.hasEditor ? (node) => host.post({ type: "results", node }) : null,
      select: (node) => this.view.select(this.view.unitOf(node)?.id ?? null, { focus: true }),
      expand: (unit) => this.expand(unit),
    };
  }

  private deeds(): Deeds {
    const { view } = this;
    return {
      go: (direction, unit) => this.go(direction, unit),
      enter: (unit) => this.enter(unit),
      run: (unit, downstream) => this.run(unit ?? view.selected, downstream),
      nextFocus: () =>
        view.choose({ focus: FOCI[(FOCI.indexOf(view.choice.focus) + 1) % FOCI.length] ?? "all" }),
      toFilter: () => view.toFilter(),
      zoom: (factor) => view.stage.zoom(factor),
      fit: () => view.stage.fit(),
      everything: () => this.everything(),
    };
  }

  /** Show every node; where that is so already, there is only the text to go back to. */
  private everything(): void {
    const { choice, host } = this.view;
    if (choice.filter || choice.focus !== "all") this.view.choose({ filter: "", focus: "all" });
    else host.post({ type: "back" });
  }

  private unit(id: string | null): Unit | undefined {
    return id === null ? undefined : this.view.scene?.units.get(id);
  }

  /** The keyboard has come to a box; a pointer that brings it there selects when it has clicked. */
  private focused(id: string | null): void {
    if (!this.pressing && id !== null && id !== this.view.selected) this.view.select(id);
  }

  /** Go into a box: to the text of a node, to the members of a group. */
  private enter(id: string | null): void {
    const unit = this.unit(id);
    if (unit === undefined) return;
    if (isGroup(unit)) this.expand(unit);
    else this.view.host.post({ type: "reveal", node: unit.id, focus: true });
  }

  private expand(unit: Unit): void {
    this.view.choose({ open: new Set([...this.view.choice.open, unit.id]) });
    this.view.select(unit.id, { focus: true });
    this.view.say(`The group is open: ${counted(unit.names.length, "node")}.`);
  }

  private go(direction: Direction, unit: string | null): void {
    if (this.view.scene === undefined) return;
    const next = neighbour(this.view.scene, unit ?? this.view.selected ?? "", direction);
    if (next !== null) this.view.select(next, { focus: true });
  }

  private run(unit: string | null, downstream: boolean): void {
    if (unit !== null && this.view.told.model.nodes.has(unit)) this.acts().run?.(unit, downstream);
  }
}
