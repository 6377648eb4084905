/** The graph in words: what a screen reader says, and what a filter finds. */

import { capped, counted, listed, saidSize, saidTime } from "../shared/format";
import type { States } from "./looks";
import { type Model, MEANING } from "./model";
import { isGroup, type Unit } from "./scene";

/** What a box is called: its name, its state, what it needs and what needs it. */
export function named(unit: Unit, model: Model, states: States, critical: ReadonlySet<string>): string {
  const [name = ""] = unit.names;
  if (isGroup(unit)) {
    return [
      `Group of ${counted(unit.names.length, "node")}: ${listed(unit.names, 4)}`,
      tally(unit.names, states),
    ].join(", ");
  }
  const needs = model.needs(name).map(({ from, kind }) => {
    return kind === "data" ? from : `${from} (${MEANING[kind]})`;
  });
  const neededBy = model.neededBy(name).filter(({ kind }) => kind !== "resource");
  return [
    name,
    states.look(name).word,
    states.detail(name),
    critical.has(name) ? "on the critical path" : "",
    needs.length > 0 ? `needs ${listed(needs)}` : "needs no node",
    neededBy.length > 0 ? `needed by ${listed(neededBy.map(({ to }) => to))}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** How many nodes are in which state: `3 done, 1 failed`. */
export function tally(names: Iterable<string>, states: States): string {
  const counts = new Map<string, number>();
  for (const name of names) {
    const { word } = states.look(name);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count.toLocaleString("en")} ${word}`).join(", ");
}

/** What there is to tell of a node, name by name; empty texts are left out by who shows them. */
export function facts(name: string, model: Model, states: States): [label: string, text: string][] {
  const node = model.nodes.get(name);
  const state = states.of(name);
  const seconds = states.seconds(name);
  const found: [string, string][] = [
    ["State", states.look(name).word],
    [state ? "Took" : "Took last time", seconds === null ? "" : saidTime(seconds)],
    ["Memory", state?.memory ? saidSize(state.memory) : ""],
    ["Value", state?.value ?? ""],
    ["Failed with", state?.error ?? ""],
    ["Blocked by", state?.by.join(", ") ?? ""],
    ["Returns", node?.returns ?? ""],
    ["Inputs", node?.inputs.join(", ") ?? ""],
    ["Line", node ? String(node.range.start.line + 1) : ""],
  ];
  return found.filter(([, text]) => text !== "").map(([label, text]) => [label, capped(text, 400)]);
}

/** Whether a node is what a filter asks for: each word has to be in its name, summary or state. */
export function matcher(filter: string, model: Model, states: States): (name: string) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (name) => {
    const about = `${name} ${model.nodes.get(name)?.summary ?? ""} is:${states.look(name).word}`;
    const text = about.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
