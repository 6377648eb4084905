/** What the tabs of the results view hold, each made anew of what is known at the moment. */

import type { NodeState, RunSummary, Value } from "../../src/views/messages";
import type { Written } from "../../src/views/written";
import { button, html } from "../shared/dom";
import { counted, saidSize, saidTime } from "../shared/format";
import { cells, diff, type Difference, outline } from "./compare";
import { parseData } from "./data";
import { Grid } from "./grid";
import { tree } from "./tree";
import { diffLines, factsTable } from "./widgets";

/** A value as people want to look at it: its picture, its table, its parts, else its text. */
export function valuePanel(value: Value | null, state: NodeState | undefined): Node[] {
  if (state?.error) return [errorNote(state.error)];
  if (value === null) return [empty("There is no result: run the node.")];
  const facts = [
    `${value.type} ${value.size}`.trim(),
    saidSize(value.bytes),
    value.wall === null ? "" : saidTime(value.wall),
    value.memory === null ? "" : `${saidSize(value.memory)} of memory`,
  ];
  return [html("p", { class: "facts" }, facts.filter(Boolean).join(" · ")), ...shown(value)];
}

/** What went wrong, in words. */
export const errorNote = (text: string): HTMLElement => html("p", { class: "error", role: "note" }, text);

/** A value: its picture, its table, its parts, else its text. */
export function shown(value: Value): Node[] {
  const text = html("pre", { tabindex: 0 }, value.preview);
  if (value.png) {
    const src = `data:image/png;base64,${value.png.replace(/[^A-Za-z0-9+/=]/g, "")}`;
    return [html("img", { src, alt: `Figure: ${value.type} ${value.size}` }), text];
  }
  const data = parseData(value.data ?? "");
  if (data?.kind === "table") return [new Grid(data).root];
  if (data?.kind === "tree") return [tree(data.root)];
  return [text];
}

/** What a node wrote, the streams told apart by word and not by colour alone. */
export function outputPanel(outputs: readonly Written[]): Node[] {
  if (outputs.length === 0) return [empty("It wrote nothing, or has not run in this session.")];
  return outputs.map(({ stream, text }) => {
    return html(
      "div",
      { class: `output ${stream}` },
      html("small", {}, stream),
      html("pre", { tabindex: 0 }, text),
    );
  });
}

/** The present result beside the one before. */
export function comparePanel(
  before: Value | null,
  now: Value | null,
  calls: readonly RunSummary[],
  node: string,
): Node[] {
  const past = pastCalls(calls, node);
  if (before === null || now === null) {
    return [empty("There is no other result to compare with: none came in this session."), ...past];
  }
  const changed = cells(before, now);
  const parts: Node[] = [differences("What", outline(before, now))];
  if (before.digest === now.digest) parts.push(html("p", {}, "Both results are the same."));
  else if (changed !== null && before.data && now.data) {
    parts.push(html("h3", {}, counted(changed.length, "change")), differences("Where", changed));
  } else parts.push(html("h3", {}, "As text"), textDiff(before.preview, now.preview));
  return [...parts, ...past];
}

function differences(title: string, rows: readonly Difference[]): HTMLElement {
  const lines = rows.map(({ what, before, now }) => {
    return { cells: [what, before, now], headed: true, kind: before === now ? undefined : "changed" };
  });
  return factsTable([title, "before", "now"], lines);
}

function textDiff(before: string, now: string): HTMLElement {
  const about = { class: "diff", tabindex: 0, role: "region", "aria-label": "Difference" };
  return html("div", about, ...diffLines(diff(before, now)));
}

const MOST_CALLS = 20;

/** What the node took in its last calls. */
function pastCalls(runs: readonly RunSummary[], node: string): Node[] {
  const calls = runs.flatMap((run) => run.nodes.filter((call) => call.node === node)).slice(0, MOST_CALLS);
  if (calls.length === 0) return [];
  const titles = ["When", "Outcome", "Time", "Memory", "Value", "Why"];
  const rows = calls.map((call) => {
    const memory = call.memory === null ? "—" : saidSize(call.memory);
    const bytes = call.bytes > 0 ? saidSize(call.bytes) : "—";
    return { cells: [when(call.at), call.error || call.outcome, saidTime(call.wall), memory, bytes, call.why] };
  });
  return [html("h3", {}, "Its last calls"), factsTable(titles, rows)];
}

/** The remembered runs of the plan; one of them can be looked at on the timeline. */
export function runsPanel(runs: readonly RunSummary[], show: (run: RunSummary) => void): Node[] {
  if (runs.length === 0) return [empty("No run of this plan is remembered.")];
  const rows = runs.map((run) => {
    const counts = Object.entries(run.counts).map(([how, count]) => `${count} ${WORDS[how] ?? how}`);
    const act = button(when(run.at), () => show(run));
    const how = `${run.mode}, ${counted(run.workers, "worker")}`;
    return { cells: [act, run.status, counts.join(", "), saidTime(run.seconds), how] };
  });
  return [factsTable(["When", "Status", "Nodes", "Time", "Mode"], rows)];
}

/** Ends of nodes in the words of the other views, where those are not the engine's. */
const WORDS: Readonly<Record<string, string>> = { cached: "reused" };

/** A moment on the reader's clock. */
export function when(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString("en", {
    dateStyle: "medium",
    timeStyle: "medium",
    hour12: false,
  });
}

const empty = (text: string): HTMLElement => html("p", { class: "empty" }, text);
