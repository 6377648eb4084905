/** A table to scroll through and to sort; only the rows in sight are in the page. */

import { html, set } from "../shared/dom";
import { counted, grouped } from "../shared/format";
import { saidCell, sorted, type Table } from "./data";

const ROW = 24; // Pixels; as in results.css.
const BEYOND = 10; // Rows above and below those in sight.
const MEASURED = 200; // Rows that a column's width is taken from.
const [LETTER, PADDING, MOST_WIDTH] = [7.4, 9, 360];

export class Grid {
  readonly root: HTMLElement;
  private readonly window: HTMLElement;
  private readonly body = html("div", { class: "rows", role: "rowgroup" });
  private readonly heads: HTMLElement[];
  private readonly note = html("p", { class: "note", role: "status" });
  /** Whether each column is of numbers: these stand to the right, with their name and what is missing. */
  private readonly numeric: readonly boolean[];
  private order: readonly number[];
  private sort = { column: -1, descending: false };

  constructor(private readonly table: Table) {
    this.order = [...table.rows.keys()];
    this.numeric = table.columns.map((_, index) => table.rows.some((row) => typeof row[index] === "number"));
    this.heads = table.columns.map((column, index) => this.head(column.name, column.type, index));
    const header = html("div", { class: "row head", role: "row", "aria-rowindex": 1 }, ...this.heads);
    const grid = html(
      "div",
      {
        class: "grid",
        role: "table",
        "aria-rowcount": table.total + 1,
        "aria-colcount": table.columns.length,
        "aria-label": "Value",
      },
      html("div", { role: "rowgroup" }, header),
      this.body,
    );
    grid.style.setProperty(
      "--columns",
      table.columns.map((_, index) => `${this.widthOf(index)}px`).join(" "),
    );
    this.window = html("div", { class: "window", tabindex: 0, role: "region", "aria-label": "Rows" }, grid);
    this.body.style.height = `${table.rows.length * ROW}px`;
    this.window.addEventListener("scroll", () => this.paint());
    this.root = html("div", { class: "table" }, this.window, this.note);
    this.note.textContent = this.said();
    new ResizeObserver(() => this.paint()).observe(this.window);
    this.paint();
  }

  /** Whether there are rows that are not here, and stay where they are whatever is sorted. */
  private get isPart(): boolean {
    return this.table.rows.length < this.table.total;
  }

  private said(): string {
    const { rows, total, columns } = this.table;
    // The index, which has no name, is no column of the value's own.
    const all = `${counted(total, "row")} of ${counted(columns.filter(({ name }) => name !== "").length, "column")}`;
    if (!this.isPart) return `${all}.`;
    const first = `The first ${grouped(rows.length)} of ${all}`;
    return this.sort.column === -1 ? `${first}.` : `${first}, sorted among themselves: the rest is not in this view.`;
  }

  /** Pixels that a column takes: all rows have to agree, and few of them are in the page. */
  private widthOf(column: number): number {
    const { name, type } = this.table.columns[column] ?? { name: "", type: "" };
    const cells = this.table.rows.slice(0, MEASURED).map((row) => saidCell(row[column] ?? null).length);
    const letters = Math.max(name.length + 2, type.length, ...cells);
    return Math.min(MOST_WIDTH, letters * LETTER + 2 * PADDING);
  }

  private head(name: string, type: string, column: number): HTMLElement {
    const act = html("button", { type: "button", title: this.sorts(name || "index") }, name || "#");
    act.addEventListener("click", () => this.sortBy(column));
    return html(
      "div",
      { class: this.classOf(column, ""), role: "columnheader", "aria-sort": "none" },
      act,
      html("small", {}, type),
    );
  }

  private sorts(column: string): string {
    return this.isPart ? `Sort the ${grouped(this.table.rows.length)} rows that are here by ${column}` : `Sort by ${column}`;
  }

  /** Sort by a column; by the same again the other way round. */
  private sortBy(column: number): void {
    const descending = this.sort.column === column && !this.sort.descending;
    this.sort = { column, descending };
    this.order = sorted(this.table, column, descending);
    this.heads.forEach((head, index) => {
      const way = descending ? "descending" : "ascending";
      set(head, { "aria-sort": index === column ? way : "none" });
    });
    this.note.textContent = this.said();
    this.paint();
  }

  private paint(): void {
    const { scrollTop, clientHeight } = this.window;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - BEYOND);
    const last = Math.min(this.order.length, Math.ceil((scrollTop + clientHeight) / ROW) + BEYOND);
    const rows: Node[] = [];
    for (let place = first; place < last; place++) rows.push(this.row(place));
    this.body.replaceChildren(...rows);
  }

  private classOf(column: number, kind: string): string {
    return ["cell", this.numeric[column] ? "number" : "", kind].filter(Boolean).join(" ");
  }

  private row(place: number): HTMLElement {
    const cells = (this.table.rows[this.order[place] ?? 0] ?? []).map((cell, column) => {
      const kind = this.classOf(column, cell === null ? "missing" : "");
      return html("div", { class: kind, role: "cell" }, saidCell(cell));
    });
    const row = html("div", { class: "row", role: "row", "aria-rowindex": place + 2 }, ...cells);
    row.style.transform = `translateY(${place * ROW}px)`;
    return row;
  }
}
