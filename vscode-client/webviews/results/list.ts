/** The nodes of the plan in a list, one of which is selected. */

import type { States } from "../graph/looks";
import { html, set } from "../shared/dom";

/** What people do there. */
export interface Choices {
  readonly select: (node: string) => void;
  readonly open: (node: string) => void;
}

export class NodeList {
  readonly root = html("div", { class: "nodes", role: "listbox", "aria-label": "Nodes", tabindex: 0 });
  private names: readonly string[] = [];
  private selected: string | null = null;
  /** What each option was made of: in a large plan few of them change at a time. */
  private shown: string[] = [];

  constructor(private readonly choices: Choices) {
    this.root.addEventListener("keydown", (event) => this.pressed(event));
  }

  show(names: readonly string[], states: States, selected: string | null): void {
    const isOther = selected !== this.selected;
    [this.names, this.selected] = [names, selected];
    names.forEach((name, place) => this.renew(name, place, states));
    for (const gone of [...this.root.children].slice(names.length)) gone.remove();
    this.shown.length = names.length;
    const place = names.indexOf(selected ?? "");
    set(this.root, { "aria-activedescendant": place === -1 ? null : `node-${place}` });
    if (isOther) this.root.children[place]?.scrollIntoView({ block: "nearest" });
  }

  private renew(name: string, place: number, states: States): void {
    const about = [name, states.look(name).kind, states.detail(name), name === this.selected];
    const shown = JSON.stringify(about);
    if (shown === this.shown[place]) return;
    this.shown[place] = shown;
    const [made, old] = [this.option(name, place, states), this.root.children[place]];
    if (old) old.replaceWith(made);
    else this.root.append(made);
  }

  private option(name: string, place: number, states: States): HTMLElement {
    const [look, detail] = [states.look(name), states.detail(name)];
    const made = html(
      "div",
      {
        role: "option",
        id: `node-${place}`,
        class: look.kind,
        "aria-selected": String(name === this.selected),
        "aria-label": [name, look.word, detail].filter(Boolean).join(", "),
      },
      html("span", { class: "glyph", "aria-hidden": "true" }, look.glyph),
      html("span", { class: "name" }, name),
      html("small", {}, detail),
    );
    made.addEventListener("click", () => this.choices.select(name));
    return made;
  }

  /** A key was pressed here, or where nothing else has use for it. */
  pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { names, selected } = this;
    if (event.key === "Enter" && selected !== null) this.choices.open(selected);
    const place = names.indexOf(selected ?? "");
    const last = names.length - 1;
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -place, End: last - place }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.root.focus();
    const next = names[Math.min(last, Math.max(0, place + step))];
    if (next !== undefined) this.choices.select(next);
  }
}
