/** The drawing itself: boxes and lines as SVG, each box a button for the keyboard and for readers. */

import type { Point, Route } from "../layout/shapes";
import { capped, columns } from "../shared/format";
import { set, svg } from "../shared/dom";
import type { States } from "./looks";
import { LABEL, type Model } from "./model";
import { isGroup, type Line, type Scene, type Unit } from "./scene";
import { named, tally } from "./words";

/** What decides, beside the scene, how boxes and lines look. */
export interface Marks {
  readonly model: Model;
  readonly states: States;
  readonly critical: ReadonlySet<string>;
  /** The selected box, and the one with the caret in it. */
  readonly selected: string | null;
  readonly caret: string | null;
}

export class Drawing {
  readonly root: SVGSVGElement;
  private readonly boxes = new Map<string, Box>();
  private readonly paths: readonly { line: Line; path: SVGPathElement }[];

  constructor(readonly scene: Scene) {
    this.paths = scene.lines.map((line) => ({ line, path: pathOf(line) }));
    for (const unit of scene.units.values()) this.boxes.set(unit.id, new Box(unit));
    const lines = svg("g", { "aria-hidden": "true" }, ...this.paths.map(({ path }) => path));
    lines.append(...scene.lines.flatMap(labelOf));
    const units = svg("g", {}, ...[...this.boxes.values()].map((box) => box.root));
    const { width, height } = scene.size;
    this.root = svg(
      "svg",
      {
        class: "drawing",
        role: "group",
        "aria-roledescription": "graph",
        "aria-label": "Nodes of the plan",
        viewBox: `0 0 ${Math.max(1, width)} ${Math.max(1, height)}`,
      },
      arrowhead(),
      lines,
      units,
    );
  }

  /** Show states, the selection and the critical path as they are now. */
  mark(marks: Marks): void {
    const { selected, caret, critical } = marks;
    for (const box of this.boxes.values()) box.mark(marks);
    const last = selected ?? caret ?? this.scene.units.keys().next().value;
    for (const [id, box] of this.boxes) set(box.root, { tabindex: id === last ? 0 : -1 });
    for (const { line, path } of this.paths) {
      const near = selected !== null && (line.from === selected || line.to === selected);
      path.classList.toggle("near", near);
      path.classList.toggle("critical", this.isOn(line.from, critical) && this.isOn(line.to, critical));
    }
  }

  /** Move the keyboard to a box. */
  focus(id: string): void {
    this.boxes.get(id)?.root.focus({ preventScroll: true });
  }

  /** The box that an element belongs to. */
  static unitAt(target: EventTarget | null): string | null {
    const unit = target instanceof Element ? target.closest<SVGGElement>(".unit") : null;
    return unit?.dataset["unit"] ?? null;
  }

  private isOn(id: string, critical: ReadonlySet<string>): boolean {
    return this.scene.units.get(id)?.names.some((name) => critical.has(name)) ?? false;
  }
}

const GLYPH = { x: 12, y: 20 };
const TEXT = 30;
const LINES = { name: 20, detail: 37 };
const DETAIL_RATIO = 0.6 * 11;

/** A box with its texts, which are only touched when they change. */
class Box {
  readonly root: SVGGElement;
  private readonly glyph = svg("text", { class: "glyph", "aria-hidden": "true", ...GLYPH });
  private readonly detail = svg("text", { class: "detail", "aria-hidden": "true", x: TEXT, y: LINES.detail });
  private shown = "";

  constructor(private readonly unit: Unit) {
    const { x, y, width, height } = unit.box;
    const frame = { width, height, rx: 7 };
    this.root = svg(
      "g",
      {
        role: "button",
        transform: `translate(${round(x)} ${round(y)})`,
        "data-unit": unit.id,
        "aria-expanded": isGroup(unit) ? "false" : null,
      },
      isGroup(unit) ? svg("rect", { class: "pile", x: 4, y: 4, ...frame }) : null,
      svg("rect", frame),
      this.glyph,
      svg("text", { class: "name", "aria-hidden": "true", x: TEXT, y: LINES.name }, unit.label),
      this.detail,
    );
  }

  mark({ model, states, critical, selected, caret }: Marks): void {
    const { id, names, box } = this.unit;
    const look = lookOf(names, states);
    const detail = isGroup(this.unit) ? tally(names, states) : below(id, model, states);
    const classes = [
      "unit",
      look.kind,
      id === selected ? "selected" : "",
      id === caret ? "caret" : "",
      names.some((name) => critical.has(name)) ? "critical" : "",
    ]
      .filter(Boolean)
      .join(" ");
    const label = named(this.unit, model, states, critical);
    const shown = [classes, label, detail].join("\n");
    if (shown === this.shown) return;
    this.shown = shown;
    this.glyph.textContent = look.glyph;
    this.detail.textContent = fitting(detail, box.width - TEXT - 8);
    set(this.root, {
      class: classes,
      "aria-label": label,
      "aria-current": id === caret ? "true" : null,
      "aria-pressed": id === selected ? "true" : "false",
    });
  }
}

/** What stands below the name of a node: what is known of its run, else what it is to return. */
function below(name: string, model: Model, states: States): string {
  const returns = model.nodes.get(name)?.returns;
  return states.detail(name) || (returns ? `→ ${returns}` : "");
}

/** The look of a box: that of its node, of a group that of the member that matters most. */
export function lookOf(names: readonly string[], states: States): ReturnType<States["look"]> {
  const looks = names.map((name) => states.look(name));
  for (const kind of URGENCY) {
    const found = looks.find((look) => look.kind === kind);
    if (found !== undefined) return found;
  }
  return states.look(names[0] ?? "");
}

const URGENCY = ["failed", "running", "blocked", "queued", "stale", "idle", "done", "reused"] as const;

/** The first line of a text, cut to so many pixels. */
function fitting(text: string, room: number): string {
  const most = Math.max(1, Math.floor(room / DETAIL_RATIO));
  const [line = ""] = text.split(/[\r\n]/, 1);
  return columns(line) <= most ? line : capped(line, Math.floor((most * line.length) / columns(line)));
}

function pathOf(line: Line): SVGPathElement {
  const ordered = line.kind !== "resource";
  return svg("path", {
    class: `line ${line.kind}${line.route.back ? " back" : ""}`,
    d: drawn(line.route),
    "marker-end": ordered ? "url(#arrow)" : null,
  });
}

function drawn({ start, curves }: Route): string {
  const spot = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
  const steps = curves.map(({ first, second, end }) => `C${spot(first)} ${spot(second)} ${spot(end)}`);
  return `M${spot(start)}${steps.join("")}`;
}

/** The word at the middle of a line that says what it means, unless it is of the usual kind. */
function labelOf({ kind, route }: Line): SVGTextElement[] {
  const word = kind === "through" ? "" : LABEL[kind];
  const { x, y } = middleOf(route);
  return word === "" ? [] : [svg("text", { class: "kind", x: round(x), y: round(y) }, word)];
}

/** Half way along the curve in the middle of a line. */
function middleOf({ start, curves }: Route): Point {
  const index = Math.floor((curves.length - 1) / 2);
  const curve = curves[index];
  const from = curves[index - 1]?.end ?? start;
  if (curve === undefined) return start;
  const { first, second, end } = curve;
  const mean = (axis: "x" | "y"): number => (from[axis] + 3 * (first[axis] + second[axis]) + end[axis]) / 8;
  return { x: mean("x"), y: mean("y") };
}

function arrowhead(): SVGDefsElement {
  const tip = svg("path", { class: "arrow", d: "M0 1 9 5 0 9z" });
  return svg(
    "defs",
    {},
    svg(
      "marker",
      {
        id: "arrow",
        viewBox: "0 0 10 10",
        refX: 9,
        refY: 5,
        markerWidth: 9,
        markerHeight: 9,
        markerUnits: "userSpaceOnUse",
        orient: "auto",
      },
      tip,
    ),
  );
}

const round = (number: number): number => Math.round(number * 10) / 10;
