import { expect, test } from "vitest";
import { changes, drawn } from "../src/plans/tree-changes";
import type { GraphNode, NodeState } from "../src/views/messages";

const RANGE = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };

function node(name: string, more: Partial<GraphNode> = {}): GraphNode {
  return { name, range: RANGE, inputs: [], returns: "int", summary: "", async: false, ...more };
}

function state(name: string, status: NodeState["status"], line: string): NodeState {
  return { node: name, status, line, wall: null, value: "", error: "", range: null, by: [] } as unknown as NodeState;
}

const graph = { nodes: [node("a"), node("b")], edges: [{ from: "a", to: "b", kind: "data" as const }] };
const ran = { graph, states: [state("a", "done", "✓ 1 ms")], stale: ["b"] };

test("a tree that is not drawn yet is drawn, and one that is the same is left as it is", () => {
  expect(changes(undefined, drawn(ran))).toBeNull();
  expect(changes(drawn(ran), drawn(structuredClone(ran)))).toEqual([]);
});

test("of a node only its item changes: with its state, and with what an edit has affected", () => {
  const later = { graph, states: [state("a", "done", "✓ 2 ms"), state("b", "running", "running")], stale: [] };
  expect(changes(drawn(ran), drawn(later))).toEqual(["a", "b"]);
  expect(changes(drawn(ran), drawn({ ...ran, stale: [] }))).toEqual(["b"]);
  expect(changes(drawn(ran), drawn({ ...ran, states: [] }))).toEqual(["a"]);
});

test("nodes that only moved in the text are where they were, and a node more or another edge are a new tree", () => {
  const range = { start: { line: 8, character: 0 }, end: { line: 9, character: 0 } };
  const moved = { ...graph, nodes: [node("a", { range }), node("b", { range })] };
  expect(changes(drawn(ran), drawn({ ...ran, graph: moved }))).toEqual([]);
  const more = { ...graph, nodes: [...graph.nodes, node("c")] };
  expect(changes(drawn(ran), drawn({ ...ran, graph: more }))).toBeNull();
  expect(changes(drawn(ran), drawn({ ...ran, graph: { ...graph, edges: [] } }))).toBeNull();
  const told = { ...graph, nodes: [node("a", { summary: "One." }), node("b")] };
  expect(changes(drawn(ran), drawn({ ...ran, graph: told }))).toBeNull();
});
