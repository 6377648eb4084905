/** What the status bar says of a plan, and its tooltip. Pure. */

import type { Course } from "./plans/course";
import type { Sandbox } from "./server/server";
import type { NodeState } from "./views/messages";

/** What is known of the plan. */
export interface Told extends Pick<Course, "running" | "progress"> {
  readonly states: readonly NodeState[];
  readonly sandbox: Sandbox | null;
}

/** A text with its icon, and what is said of it to who points at it. */
export interface Words {
  readonly text: string;
  readonly tooltip: string;
}

const READS = "Nodes read the workspace, but for its secrets";
/** What nodes may do at each level of the sandbox. */
const LEVELS: Readonly<Record<string, string>> = {
  strict: `${READS}, and write scratch files. They reach no network and start no program.`,
  standard: `${READS}, write scratch files, and start processes of their own. They reach no network.`,
  write: `${READS}, write the paths that they ask for, and start processes of their own. They reach no network.`,
  network: `${READS}, write scratch files, start processes of their own, and reach the hosts that they ask for.`,
  off: "Nodes may do all that you may: nothing confines them.",
};

/** A plan that runs: how far it is, and which node is at work. */
export function ofRun(name: string, { progress, states }: Told): Words {
  const atWork = states.filter(({ status }) => status === "running").map(({ node }) => node);
  const [first, ...others] = atWork;
  const which = first === undefined ? "" : ` · ${first}${others.length > 0 ? ` +${String(others.length)}` : ""}`;
  const far = progress.nodes > 0 ? `${String(progress.ended)}/${String(progress.nodes)}${which}` : "starting";
  const tooltip = atWork.length > 0 ? `Running: ${atWork.join(", ")}. Click to cancel.` : "Click to cancel the run.";
  return { text: `$(loading~spin) ${name}: ${far}`, tooltip };
}

/** A plan at rest: what has failed, and what its nodes may do. */
export function ofPlan({ states, sandbox }: Told): Words {
  if (sandbox?.message) return { text: "$(warning) Plan: does not run here", tooltip: sandbox.message };
  const failed = states.filter(({ status }) => status === "failed").length;
  const facts = [failed > 0 ? `${String(failed)} failed` : "", sandbox ? `sandbox ${sandbox.level}` : ""];
  const text = ["Plan", facts.filter(Boolean).join(" · ")].filter(Boolean).join(": ");
  const tooltip = sandbox ? bounds(sandbox) : "Click to show the graph.";
  return { text: `${iconOf(failed, sandbox)} ${text}`, tooltip };
}

function iconOf(failed: number, sandbox: Sandbox | null): string {
  if (failed > 0) return "$(error)";
  return sandbox?.level === "off" ? "$(unlock)" : "$(type-hierarchy-sub)";
}

function bounds({ level, tier }: Sandbox): string {
  const enforced = level === "off" ? "" : `How that is enforced here: ${tier}; codeact doctor tells more.`;
  return [LEVELS[level], enforced, "Click to show the graph."].filter(Boolean).join("\n");
}
