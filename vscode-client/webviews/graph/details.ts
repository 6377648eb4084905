/** What is known of the selected node, beside the drawing: for eyes, hands and screen readers. */

import type { GraphEdge } from "../../src/views/messages";
import { button, html } from "../shared/dom";
import { counted } from "../shared/format";
import type { States } from "./looks";
import { MEANING, type Model } from "./model";
import { isGroup, type Unit } from "./scene";
import { facts, tally } from "./words";

/** What can be done from there. */
export interface Acts {
  /** Null where nothing may be run, or nothing can be. */
  readonly run: ((node: string, downstream: boolean) => void) | null;
  /** Null where there is no editor. */
  readonly open: ((node: string) => void) | null;
  readonly results: ((node: string) => void) | null;
  readonly select: (node: string) => void;
  readonly expand: (unit: Unit) => void;
}

const MOST_LISTED = 50;

/** The contents of the panel. */
export function details(unit: Unit, model: Model, states: States, acts: Acts): Node[] {
  return isGroup(unit) ? ofGroup(unit, states, acts) : ofNode(unit.id, model, states, acts);
}

function ofNode(name: string, model: Model, states: States, acts: Acts): Node[] {
  const { run, open, results } = acts;
  const rows = facts(name, model, states).flatMap(([label, text]) => [
    html("dt", {}, label),
    html("dd", {}, text),
  ]);
  const buttons = [
    run && button("Run", () => run(name, false), "R"),
    run && button("Run with downstream", () => run(name, true), "Shift+R"),
    open && button("Open source", () => open(name), "Enter"),
    results && button("Show results", () => results(name)),
  ];
  return [
    html("h2", {}, name),
    html("p", {}, model.nodes.get(name)?.summary ?? ""),
    html("dl", {}, ...rows),
    html("div", { class: "acts" }, ...buttons),
    ...links("Needs", model.needs(name), ({ from }) => from, acts),
    ...links("Needed by", model.neededBy(name), ({ to }) => to, acts),
  ];
}

function ofGroup(unit: Unit, states: States, acts: Acts): Node[] {
  return [
    html("h2", {}, counted(unit.names.length, "node")),
    html("p", {}, tally(unit.names, states)),
    html(
      "div",
      { class: "acts" },
      button("Open group", () => acts.expand(unit), "Enter"),
    ),
    ...list(
      unit.names.map((name) => [name, name]),
      acts,
    ),
  ];
}

function links(
  title: string,
  edges: readonly GraphEdge[],
  other: (edge: GraphEdge) => string,
  acts: Acts,
): Node[] {
  if (edges.length === 0) return [];
  const named = edges.map((edge): [string, string] => {
    const name = other(edge);
    return [name, edge.kind === "data" ? name : `${name} (${MEANING[edge.kind]})`];
  });
  return [html("h3", {}, title), ...list(named, acts)];
}

function list(named: readonly [name: string, label: string][], { select }: Acts): Node[] {
  const items = named.slice(0, MOST_LISTED).map(([name, label]) =>
    html(
      "li",
      {},
      button(label, () => select(name)),
    ),
  );
  const rest = named.length - items.length;
  return [html("ul", {}, ...items), html("p", {}, rest > 0 ? `and ${counted(rest, "more node")}` : "")];
}
