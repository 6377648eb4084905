/** What is to be seen of a plan: which nodes apart, which together, and where everything stands. */

import type { EdgeKind } from "../../src/views/messages";
import { arrange } from "../layout/arrange";
import type { Box, Link, Route, Size } from "../layout/shapes";
import { capped, columns, counted } from "../shared/format";
import { type Groups, grouped, members } from "./groups";
import { type Model, orders } from "./model";

/** From so many nodes on, a plan is shown in groups, and in so many of them at most. */
export const MOST_NODES = 300;
const MOST_GROUPS = 120;

export type Focus = "all" | "upstream" | "downstream" | "both";

/** What people have chosen to see. */
export interface Choice {
  readonly filter: string;
  readonly focus: Focus;
  /** The node that `focus` is about. */
  readonly around: string | null;
  /** Whether a large plan is shown in groups. */
  readonly groups: boolean;
  /** Nodes whose groups are open. */
  readonly open: ReadonlySet<string>;
}

export const EVERYTHING: Choice = {
  filter: "",
  focus: "all",
  around: null,
  groups: true,
  open: new Set(),
};

/** A box of the drawing: a node, or several as one. */
export interface Unit {
  readonly id: string;
  readonly label: string;
  readonly names: readonly string[];
  readonly box: Box;
}

/** How a line between two boxes comes about; `through` leads over nodes that are not shown. */
export type LineKind = EdgeKind | "through";

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly kind: LineKind;
  readonly route: Route;
}

export interface Scene {
  readonly units: ReadonlyMap<string, Unit>;
  readonly lines: readonly Line[];
  readonly size: Size;
  /** The box that each node is in, of those that are shown. */
  readonly unitOf: ReadonlyMap<string, string>;
}

/** Whether a unit stands for several nodes. */
export const isGroup = (unit: Unit): boolean => unit.names.length > 1;

/**
 * Lay out what is to be seen.
 *
 * @param matches Whether a node is what the filter asks for.
 */
export function makeScene(model: Model, choice: Choice, matches: (name: string) => boolean): Scene {
  const shown = new Set(inFocus(model, choice).filter((name) => !choice.filter || matches(name)));
  const unitOf = unitsOf(model, choice, shown);
  const units = new Map([...members(unitOf)].map(([id, names]) => [id, makeUnit(id, names)]));
  const lines = linesOf(model, unitOf, shown);
  const links = lines.map(({ from, to, kind }): Link => ({
    source: from,
    target: to,
    orders: kind !== "resource",
  }));
  const sizes = new Map([...units].map(([id, unit]) => [id, unit.size]));
  const { boxes, routes, size } = arrange(sizes, links);
  const placed = [...units].map(([id, unit]): [string, Unit] => {
    return [id, { id, label: unit.label, names: unit.names, box: boxes.get(id) ?? NOWHERE }];
  });
  const drawn = lines.map((line, index): Line => ({ ...line, route: routes[index] ?? NO_ROUTE }));
  return { units: new Map(placed), lines: drawn, size, unitOf };
}

const NOWHERE: Box = { x: 0, y: 0, width: 0, height: 0 };
const NO_ROUTE: Route = { start: NOWHERE, curves: [], back: false };

function inFocus(model: Model, { focus, around }: Choice): string[] {
  const all = [...model.nodes.keys()];
  if (focus === "all" || around === null || !model.nodes.has(around)) return all;
  const near = new Set([around]);
  if (focus !== "downstream") for (const name of model.upstream(around)) near.add(name);
  if (focus !== "upstream") for (const name of model.downstream(around)) near.add(name);
  return all.filter((name) => near.has(name));
}

/** The unit of each node that is shown. */
function unitsOf(model: Model, choice: Choice, shown: ReadonlySet<string>): Groups {
  const apart = new Map([...shown].map((name) => [name, name]));
  if (!choice.groups || shown.size <= MOST_NODES) return apart;
  const groups = grouped(model, MOST_GROUPS);
  const open = new Set([...choice.open].map((name) => groups.get(name)));
  const firsts = new Map<string, string>();
  for (const name of shown) {
    const group = groups.get(name) ?? name;
    // Of a group whose first node is hidden, the next one gives the name.
    if (!firsts.has(group)) firsts.set(group, name);
    if (!open.has(group)) apart.set(name, firsts.get(group) ?? name);
  }
  return apart;
}

const NAME = { size: 13, most: 40 };
const DETAIL = { size: 11, fewest: 28 };
const RATIO = 0.6; // How wide a character of a font of fixed width is, to its height.
const PADDING = { node: 40, group: 44 };
const HEIGHT = 46;

interface Unplaced {
  readonly label: string;
  readonly names: readonly string[];
  readonly size: Size;
}

function makeUnit(id: string, names: readonly string[]): Unplaced {
  const more = names.length > 1 ? ` + ${counted(names.length - 1, "node")}` : "";
  const label = capped(id, NAME.most) + more;
  // What is below the name comes and goes while a plan runs; no box may move for that.
  const text = Math.max(columns(label) * NAME.size, DETAIL.fewest * DETAIL.size) * RATIO;
  const padding = names.length > 1 ? PADDING.group : PADDING.node;
  return { label, names, size: { width: text + padding, height: HEIGHT } };
}

interface UnplacedLine {
  readonly from: string;
  readonly to: string;
  readonly kind: LineKind;
}

/** The lines between units, one for each kind; no unit has a line to itself but a node in a loop. */
function linesOf(model: Model, unitOf: Groups, shown: ReadonlySet<string>): UnplacedLine[] {
  const lines = new Map<string, UnplacedLine>();
  const put = (from: string, to: string, kind: LineKind, loops: boolean): void => {
    const [source, target] = [unitOf.get(from), unitOf.get(to)];
    if (source === undefined || target === undefined || (source === target && !loops)) return;
    lines.set(JSON.stringify([source, target, kind]), { from: source, to: target, kind });
  };
  for (const { from, to, kind } of model.edges) put(from, to, kind, from === to);
  if (shown.size < model.nodes.size) {
    for (const [from, to] of throughHidden(model, shown)) put(from, to, "through", false);
  }
  return [...lines.values()].filter(({ from, to, kind }) => {
    return kind !== "through" || !lines.has(JSON.stringify([from, to, "data"]));
  });
}

/** The pairs of shown nodes that a way joins which leads through hidden ones alone. */
function* throughHidden(model: Model, shown: ReadonlySet<string>): Generator<readonly [string, string]> {
  for (const first of shown) {
    const pending = [first];
    const seen = new Set(pending);
    for (const name of pending) {
      for (const { to } of model.neededBy(name).filter(orders)) {
        if (seen.has(to)) continue;
        seen.add(to);
        if (!shown.has(to)) pending.push(to);
        else if (name !== first) yield [first, to];
      }
    }
  }
}
