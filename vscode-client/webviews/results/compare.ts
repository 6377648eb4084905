/** What is different between two results of a node. */

import type { Value } from "../../src/views/messages";
import { saidSize, saidTime } from "../shared/format";
import { type Cell, parseData, saidCell, type Table } from "./data";

/** One thing that is told of both. */
export interface Difference {
  readonly what: string;
  readonly before: string;
  readonly now: string;
}

/** A line of a text that both have, or only one of them. */
export interface DiffLine {
  readonly mark: "+" | "-" | " ";
  readonly text: string;
}

const MOST_CELLS = 200;
const MOST_LINES = 400;

/** What there is to tell of two values, whether it differs or not. */
export function outline(before: Value, now: Value): Difference[] {
  const rows: [string, string, string][] = [
    ["Type", before.type, now.type],
    ["Size", before.size, now.size],
    ["Bytes", saidSize(before.bytes), saidSize(now.bytes)],
    ["Time", said(before.wall, saidTime), said(now.wall, saidTime)],
    ["Memory", said(before.memory, saidSize), said(now.memory, saidSize)],
  ];
  return rows.map(([what, was, is]) => ({ what, before: was, now: is }));
}

const said = (number: number | null, say: (number: number) => string): string =>
  number === null ? "—" : say(number);

/** The cells that differ, of two tables; null if the values are no tables. */
export function cells(before: Value, now: Value): Difference[] | null {
  const [old, fresh] = [parseData(before.data ?? ""), parseData(now.data ?? "")];
  if (old?.kind !== "table" || fresh?.kind !== "table") return null;
  return [...columnChanges(old, fresh), ...cellChanges(old, fresh)].slice(0, MOST_CELLS);
}

function* columnChanges(old: Table, fresh: Table): Generator<Difference> {
  const [was, is] = [typesOf(old), typesOf(fresh)];
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    const [before, now] = [was.get(name) ?? "not there", is.get(name) ?? "not there"];
    if (before !== now) yield { what: `column ${name}`, before, now };
  }
  if (old.total !== fresh.total) yield { what: "rows", before: String(old.total), now: String(fresh.total) };
}

const typesOf = (table: Table): Map<string, string> =>
  new Map(table.columns.map(({ name, type }) => [name, type]));

function* cellChanges(old: Table, fresh: Table): Generator<Difference> {
  const places = new Map(old.columns.map(({ name }, index) => [name, index]));
  for (const [row, now] of fresh.rows.entries()) {
    const before = old.rows[row];
    if (before === undefined) return;
    for (const [index, { name }] of fresh.columns.entries()) {
      const place = places.get(name);
      if (place === undefined) continue;
      const [one, other]: [Cell, Cell] = [before[place] ?? null, now[index] ?? null];
      if (one !== other) yield { what: `${name}, row ${row}`, before: saidCell(one), now: saidCell(other) };
    }
  }
}

/** Two texts line by line, by the longest sequence of lines that both have. */
export function diff(before: string, now: string): DiffLine[] {
  const [old, fresh] = [before.split("\n").slice(0, MOST_LINES), now.split("\n").slice(0, MOST_LINES)];
  const common = commonLengths(old, fresh);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [was, is] = [old[i], fresh[j]];
    if (was !== undefined && was === is) {
      lines.push({ mark: " ", text: was });
      [i, j] = [i + 1, j + 1];
    } else if (was !== undefined && (is === undefined || common(i + 1, j) >= common(i, j + 1))) {
      lines.push({ mark: "-", text: was });
      i++;
    } else if (is !== undefined) {
      lines.push({ mark: "+", text: is });
      j++;
    }
  }
  return lines;
}

/** How many lines two texts have in common from two places on. */
function commonLengths(old: readonly string[], fresh: readonly string[]): (i: number, j: number) => number {
  const width = fresh.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const length = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      const same = old[i] === fresh[j];
      lengths[i * width + j] = same ? 1 + length(i + 1, j + 1) : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  return length;
}
