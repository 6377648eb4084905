import { describe, expect, it } from "vitest";
import { value } from "../browser/plans";
import { cells, diff } from "./compare";
import { parseData, sorted, type Table } from "./data";
import { lanes, memoryAlong } from "./gantt";
import { type Bar, Session } from "./session";

const table = (more: object) =>
  JSON.stringify({ kind: "table", columns: [["a", "int"]], rows: [[1]], total: 1, ...more });

describe("what a worker says of a value", () => {
  it("is read as far as it makes sense, whatever it is", () => {
    for (const text of ["", "{", "null", "[]", '{"kind":"table"}', '{"kind":"cake"}', '"x"'])
      expect(parseData(text)).toBeNull();
    const odd = parseData(
      table({ columns: [5, ["b"]], rows: [[{ x: 1 }, 2, 3], "no row", []], total: "many" }),
    );
    expect(odd).toEqual({
      kind: "table",
      columns: [
        { name: "", type: "" },
        { name: "b", type: "" },
      ],
      rows: [
        ["{…}", 2],
        [null, null],
      ],
      total: 2,
    });
  });

  it("ends, however deep it goes", () => {
    const deep = `{"kind":"tree","root":${'{"list":['.repeat(3000)}1${"]}".repeat(3000)}}`;
    expect(JSON.stringify(parseData(deep)).length).toBeLessThan(20_000);
  });

  it("is sorted by type, with what is missing last", () => {
    const found = parseData(table({ rows: [[10], [null], [9], ["x"]] })) as Table;
    expect(sorted(found, 0, false)).toEqual([2, 0, 3, 1]);
    expect(sorted(found, 0, true)).toEqual([3, 0, 2, 1]);
  });
});

describe("two results", () => {
  it("that are tables differ by columns and cells", () => {
    const before = value({
      data: table({
        columns: [
          ["a", "int"],
          ["b", "str"],
        ],
        rows: [
          [1, "x"],
          [2, "y"],
        ],
        total: 2,
      }),
    });
    const now = value({ data: table({ columns: [["a", "float"]], rows: [[1], [3]], total: 3 }) });
    expect(cells(before, now)?.map(({ what, before: was, now: is }) => `${what}: ${was} -> ${is}`)).toEqual([
      "column a: int -> float",
      "column b: str -> not there",
      "rows: 2 -> 3",
      "a, row 1: 2 -> 3",
    ]);
    expect(cells(value(), now)).toBeNull();
  });

  it("that are texts differ by lines", () => {
    const lines = diff("a\nb\nc", "a\nc\nd").map(({ mark, text }) => mark + text);
    expect(lines).toEqual([" a", "-b", " c", "+d"]);
  });
});

describe("a timeline", () => {
  const bar = (start: number, end: number | null, memory: number | null = null): Bar => ({
    node: "n",
    start,
    end,
    outcome: "done",
    memory,
  });

  it("has a row for each node that runs at once", () => {
    const placed = lanes([bar(0, 2), bar(1, 3), bar(2, 4), bar(3, null)], 5);
    expect(placed.map(({ lane }) => lane)).toEqual([0, 1, 0, 1]);
  });

  it("adds up the memory of what runs at once", () => {
    expect(memoryAlong([bar(0, 2, 5), bar(1, null, 3)], 4)).toEqual([
      [0, 5],
      [1, 8],
      [2, 3],
      [4, 0],
    ]);
  });
});

describe("a session", () => {
  it("keeps the result before the present one, and the output of the last attempt", () => {
    const session = new Session();
    session.hear({ event: "NodeOutput", node: "a", stream: "stdout", text: "old" });
    session.hear({ event: "NodeStarted", node: "a", time: 1 });
    session.hear({ event: "NodeOutput", node: "a", stream: "stdout", text: "new" });
    session.learn("a", value({ digest: "1", data: "x" }));
    session.hear({ event: "NodeSucceeded", node: "a", time: 2, result: value({ digest: "1" }) });
    session.learn("a", value({ digest: "2" }));
    expect(session.output("a")).toEqual([{ stream: "stdout", text: "new" }]);
    expect(session.before("a")?.data).toBe("x");
  });

  it("survives events that are none", () => {
    const session = new Session();
    session.hear({ event: "RunStarted", workers: "two" });
    session.hear({ event: "NodeSucceeded", node: "a", result: 5 });
    expect(session.timeline).toBeNull();
  });
});
