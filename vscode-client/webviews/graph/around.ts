/** What is around the drawing: the bar, the panel of the selected node, the legend, announcements. */

import { html } from "../shared/dom";
import type { Bar, BarState } from "./bar";
import { type Acts, details } from "./details";
import { legend } from "./legend";
import type { States } from "./looks";
import type { Model } from "./model";
import type { Unit } from "./scene";

/** What is to be shown there. */
export interface Scenery {
  readonly model: Model;
  readonly states: States;
  readonly bar: BarState;
  /** The selected box, and what can be done with it. */
  readonly unit: Unit | undefined;
  readonly acts: Acts;
}

const NOTHING = "Choose a node: what is known of it stands here.";

export class Around {
  private readonly side = html("aside", { class: "details", "aria-label": "Selected node" });
  private readonly foot = html("footer", { class: "foot" });
  private readonly live = html("div", { class: "unseen", role: "status" });
  private readonly trouble = html("p", { class: "trouble", role: "alert" });

  constructor(
    root: HTMLElement,
    private readonly bar: Bar,
    stage: HTMLElement,
  ) {
    root.classList.add("graph");
    bar.root.append(this.trouble);
    root.append(bar.root, stage, this.side, this.foot, this.live);
  }

  show({ model, states, bar, unit, acts }: Scenery): void {
    this.bar.show(bar);
    this.foot.replaceChildren(...legend(model, states));
    this.side.classList.toggle("none", unit === undefined);
    const fresh = html("div", {}, ...(unit ? details(unit, model, states, acts) : [NOTHING]));
    // Who is at one of its buttons shall stay there while others change.
    if (fresh.textContent !== this.side.textContent) this.side.replaceChildren(fresh);
  }

  /** Tell everybody what went wrong; an empty text takes it away. */
  tell(trouble: string): void {
    this.trouble.textContent = trouble;
  }

  /** Have a screen reader say something. */
  say(text: string): void {
    this.live.textContent = text;
  }
}
