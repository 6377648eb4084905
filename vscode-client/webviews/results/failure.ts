/** What people want to know of a node that failed: where, with which values, from where, and what mends it. */

import type { Failure, Range, Value } from "../../src/views/messages";
import { button, html } from "../shared/dom";
import { errorNote, shown } from "./panels";
import { factsTable } from "./widgets";

/** Show a place in the text, with what mends it if that is wanted. */
export type GoTo = (range: Range, fixes: boolean) => void;

/** The failure of a node; `before` is the last result that it had. */
export function failurePanel(failure: Failure, before: Value | null, goTo: GoTo): Node[] {
  return [
    errorNote([failure.headline, ...failure.notes].join("\n")),
    expression(failure, goTo),
    ...fixes(failure, goTo),
    ...values(failure),
    ...places(failure, goTo),
    ...(before === null ? [] : [html("h3", {}, "The last result before it failed"), ...shown(before)]),
  ];
}

/** The line with the expression in it that failed, which leads there. */
function expression({ line, range }: Failure, goTo: GoTo): HTMLElement {
  const { start, end } = range;
  const stop = end.line === start.line ? end.character : line.length;
  const [before, failed, after] = [line.slice(0, start.character), line.slice(start.character, stop), line.slice(stop)];
  const code = html("code", {}, before.trimStart(), html("mark", {}, failed), after);
  return html("div", { class: "failing" }, toPlace(range, goTo), code);
}

function fixes({ fixes: titles, range, searching }: Failure, goTo: GoTo): HTMLElement[] {
  const said = titles.map((title) => html("li", {}, button(title, () => goTo(range, true))));
  if (searching) said.push(html("li", { class: "note" }, "Looking for more …"));
  return said.length === 0 ? [] : [html("h3", {}, "Fixes that were run"), html("ul", { class: "plain" }, ...said)];
}

function values({ values: all }: Failure): HTMLElement[] {
  if (all.length === 0) return [];
  const rows = all.map(({ text, value }) => ({ cells: [html("code", {}, text), html("pre", {}, value)], headed: true }));
  return [html("h3", {}, "Values when it failed"), factsTable([], rows)];
}

function places({ places: all }: Failure, goTo: GoTo): HTMLElement[] {
  if (all.length === 0) return [];
  const said = all.map(({ message, node, range }) => html("li", {}, toPlace(range, goTo, node), message));
  return [html("h3", {}, "Where it comes from"), html("ul", { class: "plain" }, ...said)];
}

/** A button that leads to a place, and says on which line of which node it is. */
function toPlace(range: Range, goTo: GoTo, node: string | null = null): HTMLButtonElement {
  const line = `line ${range.start.line + 1}`;
  return button(node === null ? line : `${node}, ${line}`, () => goTo(range, false));
}
