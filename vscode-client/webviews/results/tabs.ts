/** Tabs as the ARIA practices have them: one in the order of Tab, arrows between them. */

import { html, set } from "../shared/dom";

export class Tabs<Name extends string> {
  readonly root: HTMLElement;
  readonly panel = html("div", { class: "panel", role: "tabpanel", tabindex: -1 });
  private readonly tabs: readonly HTMLButtonElement[];
  private current: Name;

  constructor(
    private readonly names: readonly Name[],
    private readonly changed: (name: Name) => void,
  ) {
    this.tabs = names.map((name) => {
      const tab = html("button", { type: "button", role: "tab", id: `tab-${name}` }, name);
      tab.addEventListener("click", () => this.choose(name));
      return tab;
    });
    this.root = html(
      "div",
      { role: "tablist", class: "tabs", "aria-label": "Views of the result" },
      ...this.tabs,
    );
    this.root.addEventListener("keydown", (event) => this.pressed(event));
    this.current = names[0] as Name;
    this.mark();
  }

  get chosen(): Name {
    return this.current;
  }

  choose(name: Name): void {
    this.current = name;
    this.mark();
    this.changed(name);
  }

  private mark(): void {
    this.names.forEach((name, index) => {
      const on = name === this.current;
      set(this.tabs[index] as Element, { "aria-selected": String(on), tabindex: on ? 0 : -1 });
    });
    set(this.panel, { "aria-labelledby": `tab-${this.current}` });
  }

  private pressed(event: KeyboardEvent): void {
    const [place, last] = [this.names.indexOf(this.current), this.names.length - 1];
    const next = {
      ArrowRight: place === last ? 0 : place + 1,
      ArrowLeft: place === 0 ? last : place - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.choose(this.names[next] as Name);
    this.tabs[next]?.focus();
  }
}
