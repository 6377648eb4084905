/** A tape that is gone through step by step: the steps, and beside them what one of them tells. */

import type { Past, Step, Tape } from "../../src/views/messages";
import { button, html, set } from "../shared/dom";
import { saidTime } from "../shared/format";
import { momentAt } from "./moment";
import { type Block, detailOf } from "./steps";
import { diffLines, factsTable } from "./widgets";

export interface Wishes {
  readonly look: (past: Past | null, node: string | null) => void;
  readonly close: () => void;
}

const PAGE = 10; // Steps that Page Up and Page Down go.

export class Player {
  readonly root: HTMLElement;
  past: Past | null = null;
  place = 0;
  private readonly steps: readonly Step[];
  private readonly told = html("p", { class: "told", role: "status" });
  private readonly list = html("div", { class: "steps", role: "listbox", "aria-label": "Steps", tabindex: 0 });
  private readonly detail = html("div", { class: "detail", role: "region", "aria-label": "Step", tabindex: 0 });
  private readonly backwards: readonly HTMLButtonElement[];
  private readonly forwards: readonly HTMLButtonElement[];

  constructor(
    private readonly title: string,
    tape: Tape,
    private readonly wishes: Wishes,
  ) {
    this.steps = tape.steps;
    const go = (label: string, to: () => number, keys: string): HTMLButtonElement =>
      button(label, () => this.go(to()), keys);
    this.backwards = [go("First step", () => 0, "Home"), go("◀ Step back", () => this.place - 1, "ArrowLeft")];
    this.forwards = [
      go("Step forward ▶", () => this.place + 1, "ArrowRight"),
      go("Last step", () => this.steps.length - 1, "End"),
    ];
    const acts = [button("All tapes", wishes.close, "Escape"), ...this.backwards, ...this.forwards];
    this.list.append(...this.steps.map((step, place) => this.option(step, place)));
    this.root = html(
      "section",
      { class: "player", "aria-label": title },
      html("h3", {}, title),
      html("div", { class: "acts" }, ...acts),
      this.told,
      html("div", { class: "columns" }, this.list, this.detail),
      html("p", { class: "note" }, tape.verdict),
    );
    this.root.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** Begin at a step, with the keyboard on the steps. */
  start(place: number): void {
    this.go(place);
    this.list.focus();
  }

  private option(step: Step, place: number): HTMLElement {
    const since = step.at - (this.steps[0]?.at ?? step.at);
    const time = html("small", {}, saidTime(Math.max(0, since)));
    const made = html("div", { role: "option", id: `step-${place}`, "aria-selected": "false" }, time, step.said);
    made.addEventListener("click", () => this.go(place));
    return made;
  }

  private go(to: number): void {
    const place = Math.min(this.steps.length - 1, Math.max(0, to));
    const step = this.steps[place];
    if (step === undefined) return;
    set(this.list.children[this.place] as Element, { "aria-selected": "false" });
    this.place = place;
    const option = this.list.children[place] as Element;
    set(option, { "aria-selected": "true" });
    set(this.list, { "aria-activedescendant": option.id });
    option.scrollIntoView({ block: "nearest" });
    const about = `Step ${place + 1} of ${this.steps.length}`;
    this.told.textContent = `${about}: ${step.said}`;
    this.detail.replaceChildren(...detail(this.steps, place));
    this.detail.scrollTo(0, 0);
    for (const each of this.backwards) each.disabled = place === 0;
    for (const each of this.forwards) each.disabled = place === this.steps.length - 1;
    // A button that has led as far as it can would keep the keyboard, and hear nothing.
    if (document.activeElement instanceof HTMLButtonElement && document.activeElement.disabled) this.list.focus();
    this.past = { about: `${about}, ${this.title}`, ...momentAt(this.steps, place) };
    this.wishes.look(this.past, typeof step["node"] === "string" ? step["node"] : null);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.wishes.close();
      return;
    }
    const to = this.leadsTo(event.key);
    // Text that is longer than its place is read with the keys that go up and down.
    const scrolls = event.target === this.detail && !event.key.startsWith("ArrowL") && !event.key.startsWith("ArrowR");
    if (to === undefined || scrolls) return;
    event.preventDefault();
    this.go(to);
  }

  private leadsTo(key: string): number | undefined {
    const { place } = this;
    return {
      ArrowLeft: place - 1,
      ArrowUp: place - 1,
      ArrowRight: place + 1,
      ArrowDown: place + 1,
      PageUp: place - PAGE,
      PageDown: place + PAGE,
      Home: 0,
      End: this.steps.length - 1,
    }[key];
  }
}

function detail(steps: readonly Step[], place: number): Node[] {
  const { facts, blocks } = detailOf(steps, place);
  const rows = facts.map((cells) => ({ cells, headed: true }));
  const table = rows.length > 0 ? [factsTable([], rows)] : [];
  return [...table, ...blocks.flatMap(blockOf)];
}

function blockOf(block: Block): Node[] {
  const title = html("h4", {}, block.title);
  if ("text" in block) return [title, html("pre", {}, block.text)];
  return [title, html("div", { class: "diff" }, ...diffLines(block.diff))];
}
