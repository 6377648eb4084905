/** What keys do in the graph view; see docs/graph-view.md. */

import { Drawing } from "./drawing";
import { ARROWS, type Direction } from "./keys";

/** What can be done by a key; `unit` is the box that has the keyboard, or null. */
export interface Deeds {
  readonly go: (direction: Direction, unit: string | null) => void;
  readonly enter: (unit: string | null) => void;
  readonly run: (unit: string | null, downstream: boolean) => void;
  readonly nextFocus: () => void;
  readonly toFilter: () => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly everything: () => void;
}

/**
 * Have keys do things, but where people write or choose from a list. Whoever comes to the view is at
 * nothing in it yet, and need not go through all its buttons first.
 */
export function listen(deeds: Deeds): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target, key } = event;
    const writes = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (writes && key !== "Escape") return;
    const act = deedOf(key, target, deeds);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

function deedOf(key: string, target: EventTarget | null, deeds: Deeds): (() => void) | undefined {
  const unit = Drawing.unitAt(target);
  const direction = ARROWS[key];
  const presses = target instanceof HTMLButtonElement;
  if (direction !== undefined) return presses ? undefined : () => deeds.go(direction, unit);
  return {
    Enter: presses ? undefined : () => deeds.enter(unit),
    " ": presses ? undefined : () => deeds.enter(unit),
    r: () => deeds.run(unit, false),
    R: () => deeds.run(unit, true),
    f: deeds.nextFocus,
    "/": deeds.toFilter,
    "+": () => deeds.zoom(1.25),
    "-": () => deeds.zoom(0.8),
    "0": deeds.fit,
    Escape: deeds.everything,
  }[key];
}
