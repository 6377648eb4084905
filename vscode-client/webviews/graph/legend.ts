/** What glyphs and lines mean, and how many nodes are in which state. */

import { html, svg } from "../shared/dom";
import { counted, grouped } from "../shared/format";
import { LOOKS, type States } from "./looks";
import { MEANING, type Model } from "./model";

/** The contents of the line below the drawing. */
export function legend(model: Model, states: States): Node[] {
  const counts = new Map<string, number>();
  for (const name of model.nodes.keys()) {
    const { kind } = states.look(name);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const looks = Object.values(LOOKS).filter(({ kind }) => counts.has(kind));
  const kinds = [...new Set(model.edges.map(({ kind }) => kind))];
  return [
    html("span", {}, counted(model.nodes.size, "node")),
    ...looks.map(({ kind, glyph, word }) => {
      const mark = html("span", { class: `glyph ${kind}`, "aria-hidden": "true" }, glyph);
      return html("span", {}, mark, `${grouped(counts.get(kind) ?? 0)} ${word}`);
    }),
    ...kinds.map((kind) => {
      const line = svg("path", { class: `line ${kind}`, d: "M0 4h26" });
      return html("span", {}, svg("svg", { "aria-hidden": "true", class: "sample" }, line), MEANING[kind]);
    }),
  ];
}
