/** Tables and differences of texts, as all tabs show them. */

import { type Child, html } from "../shared/dom";
import type { DiffLine } from "./compare";

/** A row of a table: its cells, and what kind of row it is. */
export interface Row {
  readonly cells: readonly Child[];
  /** Whether the first cell is what the others are about. */
  readonly headed?: boolean;
  readonly kind?: string | undefined;
}

/** A table of facts; without titles it has no head. */
export function factsTable(titles: readonly string[], rows: readonly Row[]): HTMLElement {
  const head = html("tr", {}, ...titles.map((title) => html("th", { scope: "col" }, title)));
  const body = html("tbody", {}, ...rows.map(rowOf));
  return html("table", { class: "facts" }, titles.length > 0 ? html("thead", {}, head) : null, body);
}

function rowOf({ cells, headed = false, kind }: Row): HTMLElement {
  const made = cells.map((cell, place) =>
    headed && place === 0 ? html("th", { scope: "row" }, cell) : html("td", {}, cell),
  );
  return html("tr", { class: kind }, ...made);
}

const NAMES = { "+": "added", "-": "removed", " ": "kept" } as const;

/** The lines of a difference, each with its mark. */
export function diffLines(lines: readonly DiffLine[]): HTMLElement[] {
  return lines.map(({ mark, text }) => html("div", { class: NAMES[mark] }, `${mark} ${text}`));
}
