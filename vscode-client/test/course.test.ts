import { expect, test } from "vitest";
import { continued, laterResults, NO_RUN } from "../src/plans/course";
import type { RunEvent } from "../src/views/messages";

const told = (node: string, digest: string): RunEvent => ({ event: "NodeSucceeded", node, result: { digest } });
const run = (...events: readonly RunEvent[]) =>
  [{ event: "RunStarted", nodes: ["a", "b"] }, ...events].reduce(continued, NO_RUN);

test("of each node the last two results are kept, and what tells no result is not", () => {
  const earlier = [told("a", "1"), told("b", "1")];
  const events = [{ event: "RunStarted" }, { event: "NodeStarted", node: "b" }, told("a", "2"), told("a", "3")];
  expect(laterResults(earlier, events)).toEqual([told("a", "2"), told("a", "3"), told("b", "1")]);
});

test("a result that is as it was leaves the one before it there to be compared with", () => {
  expect(laterResults([told("a", "1"), told("a", "2")], [told("a", "2")])).toEqual([told("a", "1"), told("a", "2")]);
});

test("a run goes on until it has finished, and counts the nodes that have ended", () => {
  const course = run({ event: "NodeStarted", node: "a" }, told("a", "1"));
  expect(course).toMatchObject({ running: true, progress: { nodes: 2, ended: 1 } });
  expect(continued(course, { event: "RunFinished" }).running).toBe(false);
});

test("the next run begins anew, with the results of the one before", () => {
  const next = continued(run(told("a", "1")), { event: "RunStarted", nodes: ["b"] });
  expect(next.progress).toEqual({ nodes: 1, ended: 0 });
  expect(next.events).toHaveLength(1);
  expect(next.results).toEqual([told("a", "1")]);
});

test("of output without end the beginning is kept, and of nodes all", () => {
  const output = Array.from({ length: 6_000 }, () => ({ event: "NodeOutput", node: "a", text: "." }));
  const { events } = run(...output, told("a", "1"));
  expect(events.length).toBeLessThan(5_100);
  expect(events.at(-1)).toEqual(told("a", "1"));
});
