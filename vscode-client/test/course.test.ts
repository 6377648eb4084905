import { expect, test } from "vitest";
import { continued, laterResults, NO_RUN, outputOf } from "../src/plans/course";
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

const wrote = (node: string, text: string, stream = "stdout"): RunEvent => ({ event: "NodeOutput", node, stream, text });

test("what a node wrote is kept until it runs again, and is told to a view that is opened later", () => {
  const first = run({ event: "NodeStarted", node: "a" }, wrote("a", "1, "), wrote("a", "2"), told("a", "1"), wrote("b", "b"));
  const second = [
    { event: "RunStarted", nodes: ["a", "b"] },
    { event: "NodeCached", node: "a" },
    { event: "NodeStarted", node: "b" },
    wrote("b", "!", "stderr"),
  ].reduce(continued, first);
  expect(outputOf(second)).toEqual([wrote("a", "1, 2"), wrote("b", "!", "stderr")]);
  expect(outputOf(continued(second, { event: "NodeStarted", node: "a" }))).toEqual([wrote("b", "!", "stderr")]);
  expect(second.events.map(({ event }) => event)).toEqual(["RunStarted", "NodeCached", "NodeStarted"]);
});

test("of output without end the newest is kept, of each node and of all of them", () => {
  const long = run(...Array.from({ length: 300 }, (_, line) => wrote("a", `${String(line).padStart(999)}\n`)));
  const [kept] = outputOf(long);
  expect(String(kept?.["text"])).toHaveLength(200_000);
  expect(String(kept?.["text"]).trimEnd().endsWith(" 299")).toBe(true);
  const turns = run(...Array.from({ length: 3_000 }, (_, turn) => wrote("a", ".", turn % 2 ? "stderr" : "stdout")));
  expect(outputOf(turns)).toHaveLength(500);
  const many = run(...Array.from({ length: 300 }, (_, node) => wrote(`n${String(node)}`, ".")));
  expect(outputOf(many).map(({ node }) => node)).toEqual(Array.from({ length: 100 }, (_, node) => `n${String(node + 200)}`));
});
