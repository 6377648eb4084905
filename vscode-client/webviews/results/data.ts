/** Tables and trees as workers write them. Their word is not to be trusted: each part is looked at. */

export type Cell = string | number | boolean | null;

export interface Column {
  readonly name: string;
  /** The type, as the table's own library names it. */
  readonly type: string;
}

export interface Table {
  readonly kind: "table";
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows the whole table has. */
  readonly total: number;
}

/** A part of a nested value: what can be opened, or a leaf. */
export type Part =
  | { readonly kind: "items"; readonly items: readonly (readonly [string, Part])[]; readonly more: number }
  | { readonly kind: "list"; readonly items: readonly (readonly [string, Part])[]; readonly more: number }
  | { readonly kind: "leaf"; readonly value: Cell }
  | { readonly kind: "other"; readonly text: string };

export interface Tree {
  readonly kind: "tree";
  readonly root: Part;
}

const MOST_DEPTH = 20;

/** What the text holds; null if it holds no such thing. */
export function parseData(text: string): Table | Tree | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null; // The preview as text is shown then.
  }
  if (!isRecord(found)) return null;
  return found["kind"] === "table" ? tableOf(found) : treeOf(found);
}

function tableOf({ columns, rows, total }: Readonly<Record<string, unknown>>): Table | null {
  if (!Array.isArray(columns) || !Array.isArray(rows)) return null;
  const named = columns.map((column): Column => {
    const [name, type] = Array.isArray(column) ? column : [];
    return { name: String(name ?? ""), type: String(type ?? "") };
  });
  const cells = rows.filter(Array.isArray).map((row) => named.map((_, index) => cellOf(row[index])));
  const count = typeof total === "number" ? total : cells.length;
  return { kind: "table", columns: named, rows: cells, total: Math.max(count, cells.length) };
}

function treeOf({ kind, root }: Readonly<Record<string, unknown>>): Tree | null {
  return kind === "tree" ? { kind, root: partOf(root, 0) } : null;
}

function partOf(part: unknown, depth: number): Part {
  if (!isRecord(part) || depth > MOST_DEPTH) return { kind: "leaf", value: cellOf(part) };
  const more = typeof part["more"] === "number" ? part["more"] : 0;
  const { items, list, other } = part;
  if (Array.isArray(list)) {
    return { kind: "list", items: list.map((each, index) => [String(index), partOf(each, depth + 1)]), more };
  }
  if (!Array.isArray(items)) return { kind: "other", text: String(other ?? "") };
  const pairs = items.filter(Array.isArray).map(([key, each]) => {
    return [String(key), partOf(each, depth + 1)] as const;
  });
  return { kind: "items", items: pairs, more };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  // What is in there is not written out: it may be of any depth.
  if (typeof value === "object") return "{…}";
  return typeof value === "number" || typeof value === "boolean" ? value : String(value);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A cell as it is shown. */
export const saidCell = (cell: Cell): string => (cell === null ? "—" : String(cell));

/** The indices of the rows, sorted by a column; what is missing comes last, whichever way. */
export function sorted(table: Table, column: number, descending: boolean): number[] {
  const order = [...table.rows.keys()];
  const cell = (row: number): Cell => table.rows[row]?.[column] ?? null;
  return order.sort((one, other) => {
    const [left, right] = [cell(one), cell(other)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return (descending ? -1 : 1) * compare(left, right) || one - other;
  });
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

function compare(one: Exclude<Cell, null>, other: Exclude<Cell, null>): number {
  if (typeof one === "string" || typeof other === "string")
    return COLLATOR.compare(String(one), String(other));
  return Number(one) - Number(other);
}
