import { expect, test } from "vitest";
import { ofPlan, ofRun, type Told } from "../src/status-words";
import type { NodeState, Status } from "../src/views/messages";

const state = (node: string, status: Status): NodeState => {
  return { node, status, line: "", wall: null, value: "", error: "", range: null, by: [] };
};
const told = (more: Partial<Told>): Told => {
  return { running: false, progress: { nodes: 0, ended: 0 }, states: [], sandbox: null, ...more };
};
const sandbox = (level: string, message = "") => ({ uri: "file:///a", level, tier: "tier 2 of 4 (contained)", message });

test("a plan at rest tells what failed and its level, and what that means to who points at it", () => {
  const { text, tooltip } = ofPlan(told({ states: [state("a", "failed"), state("b", "done")], sandbox: sandbox("strict") }));
  expect(text).toBe("$(error) Plan: 1 failed · sandbox strict");
  expect(tooltip).toMatch(/^Nodes read the workspace, but for its secrets/);
  expect(tooltip).toContain("How that is enforced here: tier 2 of 4 (contained)");
});

test("a plan that nothing confines says so, and one of which nothing is known yet says nothing", () => {
  expect(ofPlan(told({ sandbox: sandbox("off") })).text).toBe("$(unlock) Plan: sandbox off");
  expect(ofPlan(told({ sandbox: sandbox("off") })).tooltip).not.toContain("enforced");
  expect(ofPlan(told({})).text).toBe("$(type-hierarchy-sub) Plan");
});

test("a plan that cannot run here says why", () => {
  expect(ofPlan(told({ sandbox: sandbox("strict", "Install bubblewrap.") }))).toEqual({
    text: "$(warning) Plan: does not run here",
    tooltip: "Install bubblewrap.",
  });
});

test("a run tells how far it is and what is at work", () => {
  const progress = { nodes: 4, ended: 1 };
  const one = ofRun("Plan", told({ running: true, progress, states: [state("a", "done"), state("b", "running")] }));
  expect(one.text).toBe("$(loading~spin) Plan: 1/4 · b");
  const two = ofRun("x.plan.py", told({ progress, states: [state("b", "running"), state("c", "running")] }));
  expect(two).toEqual({ text: "$(loading~spin) x.plan.py: 1/4 · b +1", tooltip: "Running: b, c. Click to cancel." });
  expect(ofRun("Plan", told({ running: true })).text).toBe("$(loading~spin) Plan: starting");
});
