import { describe, expect, it } from "vitest";
import type { Step } from "../../src/views/messages";
import { momentAt } from "./moment";
import { detailOf } from "./steps";
import { TAPE } from "./tape.fixture";

const { steps } = TAPE;
/** The states at a step, each as `node status`, and who waits. */
const at = (place: number) => {
  const { states, queued } = momentAt(steps, place);
  return [states.map(({ node, status }) => `${node} ${status}`), queued];
};
const facts = (place: number) => Object.fromEntries(detailOf(steps, place).facts);
const blocks = (place: number) => detailOf(steps, place).blocks;

describe("the nodes at a step of a tape", () => {
  it("are as they were then, and not as they became", () => {
    expect(at(2)).toEqual([[], []]);
    expect(at(3)).toEqual([[], ["orders", "total", "report"]]);
    expect(at(5)).toEqual([["orders running"], ["total", "report"]]);
    expect(at(9)).toEqual([["orders done", "total failed", "report blocked"], []]);
  });

  it("begin anew with the run that they are in", () => {
    expect(at(14)).toEqual([["report blocked"], ["orders", "total"]]);
    expect(at(16)).toEqual([["report blocked", "orders reused"], []]);
  });

  it("tell their time, value and failure", () => {
    const [orders, total, report] = momentAt(steps, 8).states;
    expect(orders).toMatchObject({ wall: 0.04, memory: 9_000_000, value: "list 1 items" });
    expect(total).toMatchObject({ wall: 0.1, error: "NameError: no order" });
    expect(report).toMatchObject({ by: ["total"], wall: null });
  });

  it("that were cancelled have no state", () => {
    const cancelled: Step = { step: 5, at: 0, said: "", event: "NodeCancelled", node: "orders" };
    expect(momentAt([...steps.slice(0, 5), cancelled], 5)).toEqual({ states: [], queued: ["total", "report"] });
  });
});

describe("a step", () => {
  it("tells of a failure the line as it was, the values, and where they come from", () => {
    expect(facts(7)).toEqual({
      Error: "NameError: no order",
      Line: "4: def total(orders): return sum(order)",
      Time: "100 ms",
    });
    expect(blocks(7)).toEqual([
      { title: "Values", text: "orders = [1]" },
      { title: "Where it comes from", text: "from orders" },
    ]);
  });

  it("tells of a repair what it changes, and whether it was seen to work", () => {
    expect(facts(12)).toMatchObject({ Verified: "it was run, and works", "Nodes after it": "1 of 1 ran" });
    const edit = { title: "The edit", diff: expect.arrayContaining([
      { mark: "-", text: "def total(orders): return sum(order)" },
      { mark: "+", text: "def total(orders): return sum(orders)" },
    ]) as unknown }; // prettier-ignore
    expect(blocks(12)).toEqual([edit]);
    expect(blocks(13)).toEqual([{ ...edit, title: "What changed" }]);
  });

  it("tells of a question and its answer all that was said", () => {
    expect(blocks(10)).toEqual([{ title: "user", text: "<i>mend</i>" }]);
    expect(facts(11)).toEqual({ Tokens: "1,200 in, 6 out" });
  });

  it("of which nothing is known, or which is not as it should be, tells what there is", () => {
    const odd = ["NodeFailed", "NodeSucceeded", "Tried", "Asked", "Ended", "Revised", "Checked", "Other"].map(
      (event): Step => ({ step: 0, at: 0, said: "", event, error: 5, result: [], messages: [5], edit: "x" }),
    );
    for (const place of odd.keys()) expect(() => detailOf(odd, place)).not.toThrow();
    expect(detailOf(odd, 7)).toEqual({ facts: [], blocks: [] });
    expect(detailOf(odd, 99)).toEqual({ facts: [], blocks: [] });
  });
});
