/** The bar above the drawing. */

import { button, html, NOT_HERE, set } from "../shared/dom";
import type { Focus } from "./scene";

/** What the bar asks the view to do. */
export interface Wishes {
  /** Show the nodes as they are now, and no more as they were. */
  readonly present: () => void;
  readonly runPlan: () => void;
  readonly cancel: () => void;
  readonly filter: (text: string) => void;
  readonly focus: (focus: Focus) => void;
  readonly group: (grouped: boolean) => void;
  readonly critical: (shown: boolean) => void;
  readonly pin: (pinned: boolean) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly save: (format: "svg" | "png") => void;
}

/** What the bar shows. */
export interface BarState {
  readonly title: string;
  /** The moment of a tape that is shown; empty for the present. */
  readonly past: string;
  readonly hasEditor: boolean;
  readonly mayRun: boolean;
  readonly running: boolean;
  readonly filter: string;
  readonly focus: Focus;
  /** Whether there are so many nodes that groups are offered, and whether they are shown. */
  readonly large: boolean;
  readonly grouped: boolean;
  readonly critical: boolean;
  readonly pinned: boolean;
}

const FOCI: Readonly<Record<Focus, string>> = {
  all: "All nodes",
  upstream: "What leads to it",
  downstream: "What follows from it",
  both: "Both",
};

export class Bar {
  readonly root: HTMLElement;
  private readonly title = html("h1");
  private readonly past: HTMLButtonElement;
  private readonly run: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly filter = html("input", {
    type: "search",
    placeholder: "Filter: name, is:failed",
    "aria-label": "Filter nodes",
    "aria-keyshortcuts": "/",
  });
  private readonly focus = html("select", {
    "aria-label": "Show of the selected node",
    "aria-keyshortcuts": "F",
  });
  private readonly group: HTMLButtonElement;
  private readonly critical: HTMLButtonElement;
  private readonly pin: HTMLButtonElement;

  constructor(wishes: Wishes) {
    this.past = button("", wishes.present, "", "Show the nodes as they are now");
    this.past.classList.add("past");
    this.run = button("▶ Run plan", wishes.runPlan);
    this.stop = button("■ Stop", wishes.cancel);
    this.group = toggle("Groups", wishes.group, "Show many nodes as one");
    this.critical = toggle("Critical path", wishes.critical, "The chain that decides how long a run takes");
    this.pin = toggle("Pin", wishes.pin, "Stay with this plan and this node, wherever the caret is");
    this.filter.addEventListener("input", () => wishes.filter(this.filter.value));
    this.focus.append(...Object.entries(FOCI).map(([value, label]) => html("option", { value }, label)));
    this.focus.addEventListener("change", () => wishes.focus(this.focus.value as Focus));
    const plan = [this.title, this.past, this.run, this.stop];
    const choices = [this.filter, this.focus, this.group, this.critical, this.pin];
    this.root = html("header", { class: "bar" }, ...plan, ...choices, ...ofPicture(wishes));
  }

  show(state: BarState): void {
    this.title.textContent = state.title;
    this.past.textContent = `${state.past} ✕`;
    this.past.hidden = state.past === "";
    this.run.hidden = this.stop.hidden = !state.hasEditor;
    this.run.disabled = !state.mayRun || state.running;
    this.run.title = state.mayRun ? "" : NOT_HERE;
    this.stop.disabled = !state.running;
    this.pin.hidden = !state.hasEditor;
    this.group.hidden = !state.large;
    if (this.filter.value !== state.filter) this.filter.value = state.filter;
    this.focus.value = state.focus;
    set(this.group, { "aria-pressed": String(state.grouped) });
    set(this.critical, { "aria-pressed": String(state.critical) });
    set(this.pin, { "aria-pressed": String(state.pinned) });
  }

  /** Move the keyboard into the filter. */
  toFilter(): void {
    this.filter.focus();
    this.filter.select();
  }
}

/** What is about the picture as such, at the other end of the bar. */
function ofPicture({ zoom, fit, save }: Wishes): HTMLElement[] {
  return [
    html("span", { class: "gap" }),
    sign("−", "Zoom out", () => zoom(0.8), "-"),
    sign("Fit", "Fit: show all", fit, "0"),
    sign("+", "Zoom in", () => zoom(1.25), "+"),
    sign("SVG", "Save as SVG", () => save("svg")),
    sign("PNG", "Save as PNG", () => save("png")),
  ];
}

/** A button whose sign is too short to be what it is called. */
function sign(label: string, name: string, act: () => void, keys = ""): HTMLButtonElement {
  const made = button(label, act, keys, name);
  set(made, { "aria-label": name });
  return made;
}

function toggle(label: string, changed: (on: boolean) => void, title: string): HTMLButtonElement {
  const made = button(label, () => changed(made.getAttribute("aria-pressed") !== "true"), "", title);
  return made;
}
