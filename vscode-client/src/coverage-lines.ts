/** The first and the last of some lines in a row, 0-based. */
export type Lines = readonly [first: number, last: number];

/** What the server tells of a node: an item of the answer of `codeact.coverage`. */
export interface Covered {
  readonly node: string;
  readonly ran: readonly Lines[];
  readonly missed: readonly Lines[];
}

/** The lines of a plan that ran for any node, and those that could have and ran for none. */
export function merged(nodes: readonly Covered[]): { readonly ran: Lines[]; readonly missed: Lines[] } {
  const ran = new Set(nodes.flatMap((node) => node.ran.flatMap(each)));
  const missed = new Set(nodes.flatMap((node) => node.missed.flatMap(each)).filter((line) => !ran.has(line)));
  return { ran: inRows(ran), missed: inRows(missed) };
}

function each([first, last]: Lines): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function inRows(lines: ReadonlySet<number>): Lines[] {
  const rows: [number, number][] = [];
  for (const line of [...lines].sort((one, other) => one - other)) {
    const row = rows.at(-1);
    if (row?.[1] === line - 1) row[1] = line;
    else rows.push([line, line]);
  }
  return rows;
}
