import { describe, expect, it } from "vitest";
import type { Graph } from "../../src/views/messages";
import { edge, large, node, state } from "../browser/plans";
import { criticalPath } from "./critical";
import { grouped, members } from "./groups";
import { neighbour } from "./keys";
import { States } from "./looks";
import { Model } from "./model";
import { EVERYTHING, makeScene } from "./scene";
import { matcher, tally } from "./words";

/** A graph of edges as they are read: `a b` says that b takes the value of a. */
function graphOf(text: string): Model {
  const edges = text.split(",").map((pair) => pair.trim().split(" ") as [string, string]);
  const names = [...new Set(edges.flat())];
  const graph: Graph = {
    nodes: names.map((name) => node(name)),
    edges: edges.map(([from, to]) => edge(from, to)),
  };
  return new Model(graph);
}

const DIAMOND = graphOf("a b, a c, b d, c d, d e");

describe("a model", () => {
  it("knows what leads to a node and what follows from it", () => {
    expect([...DIAMOND.upstream("d")].sort()).toEqual(["a", "b", "c"]);
    expect([...DIAMOND.downstream("b")]).toEqual(["d", "e"]);
  });

  it("orders nodes as they could run, and survives cycles and edges to nothing", () => {
    expect(DIAMOND.order()).toEqual(["a", "b", "c", "d", "e"]);
    expect(graphOf("a b, b a, b c").order().sort()).toEqual(["a", "b", "c"]);
    const broken = new Model({ nodes: [node("a")], edges: [edge("a", "gone")] });
    expect(broken.edges).toEqual([]);
  });
});

describe("the critical path", () => {
  it("is the chain that takes longest, and is empty where no time is known", () => {
    const seconds = { a: 1, b: 1, c: 3, d: 1 } as Record<string, number>;
    expect(criticalPath(DIAMOND, (name) => seconds[name] ?? null)).toEqual(["a", "c", "d"]);
    expect(criticalPath(DIAMOND, () => null)).toEqual([]);
  });
});

describe("groups", () => {
  it("of a chain are one", () => {
    expect([...members(grouped(graphOf("a b, b c, c d"), 1)).values()]).toEqual([["a", "b", "c", "d"]]);
  });

  it("of what stands side by side are one", () => {
    const fan = graphOf("a b, a c, a d, b e, c e, d e");
    expect([...members(grouped(fan, 3)).values()]).toEqual([["a"], ["b", "c", "d"], ["e"]]);
  });

  for (const count of [301, 1000, 2000]) {
    it(`of ${count} nodes are few, hold each node once, and have no cycle between them`, () => {
      const model = new Model(large(count).graph);
      const groups = grouped(model, 120);
      const together = new Model({
        nodes: [...new Set(groups.values())].map((name) => node(name)),
        edges: model.edges
          .map(({ from, to }) => edge(groups.get(from) ?? "", groups.get(to) ?? ""))
          .filter(({ from, to }) => from !== to),
      });
      expect(together.nodes.size).toBeLessThanOrEqual(120);
      expect(groups.size).toBe(count);
      expect(
        [...together.nodes.keys()].filter(
          (name) => together.downstream(name).has(name) || together.upstream(name).has(name),
        ),
      ).toEqual([]);
      const place = new Map(together.order().map((name, index) => [name, index]));
      for (const { from, to } of together.edges)
        expect(place.get(from) ?? 0).toBeLessThan(place.get(to) ?? 0);
    });
  }
});

describe("a scene", () => {
  const all = () => true;
  const lines = (scene: ReturnType<typeof makeScene>) =>
    scene.lines.map(({ from, to, kind }) => `${from} ${to} ${kind}`);

  it("shows what leads over hidden nodes as such", () => {
    const scene = makeScene(DIAMOND, { ...EVERYTHING, filter: "x" }, (name) => "ae".includes(name));
    expect(lines(scene)).toEqual(["a e through"]);
  });

  it("shows around a node what was asked for", () => {
    const focused = makeScene(DIAMOND, { ...EVERYTHING, focus: "upstream", around: "b" }, all);
    expect([...focused.units.keys()]).toEqual(["a", "b"]);
  });

  it("has every node of a large plan in a box, and opens a group", () => {
    const model = new Model(large(1000).graph);
    const closed = makeScene(model, EVERYTHING, all);
    const group = [...closed.units.values()].find(({ names }) => names.length > 1);
    const open = makeScene(model, { ...EVERYTHING, open: new Set([group?.id ?? ""]) }, all);
    expect(closed.unitOf.size).toBe(1000);
    expect(open.units.size).toBe(closed.units.size + (group?.names.length ?? 0) - 1);
  });

  it("is gone through by keyboard along its lines", () => {
    const scene = makeScene(DIAMOND, EVERYTHING, all);
    expect(neighbour(scene, "a", "up")).toBeNull();
    expect(neighbour(scene, "b", "right")).toBe("c");
    expect(neighbour(scene, "b", "down")).toBe("d");
    expect(neighbour(scene, "", "last")).toBe("e");
  });
});

describe("what is said of nodes", () => {
  const states = new States(
    { states: [state("a", "done", { wall: 1 }), state("b", "failed")], stale: ["c"], durations: { d: 2 } },
    new Set(["e"]),
  );

  it("tells states apart by word", () => {
    expect(tally(DIAMOND.nodes.keys(), states)).toBe("1 done, 1 failed, 1 stale, 1 not run, 1 queued");
    expect(states.detail("d")).toBe("~2.0 s");
  });

  it("is what a filter finds, by name, summary and state", () => {
    const found = (filter: string) => [...DIAMOND.nodes.keys()].filter(matcher(filter, DIAMOND, states));
    expect(found("is:failed")).toEqual(["b"]);
    expect(found("what C")).toEqual(["c"]);
    expect(found("a is:stale")).toEqual(["c"]);
  });
});
