/** A tape of an agent: a run that fails, a repair that is tried, and the run that ends well. */

import type { Step, Tape } from "../../src/views/messages";

const PLAN = "def orders(): return [1]\n\n\ndef total(orders): return sum(order)\n";
const MENDED = PLAN.replace("sum(order)", "sum(orders)");
const range = { start: { line: 3, character: 30 }, end: { line: 3, character: 35 } };
const value = { type: "list", size: "1 items", preview: "[1]", digest: "d", bytes: 5, wall: 0.04, memory: 9_000_000 };

const told: readonly (readonly [event: string, said: string, more?: object])[] = [
  ["Begun", "codeact agent p: add", { command: "agent", task: "add", file: "/p.plan.py", bounds: { attempts: 3 } }],
  ["Revised", "the plan, 4 lines, by file", { text: PLAN, by: "file" }],
  ["Started", "run for total at level strict", { targets: ["total"], level: "strict", inputs: {} }],
  ["RunStarted", "the run begins", { nodes: ["orders", "total", "report"], mode: "adaptive", workers: 2 }],
  ["NodeStarted", "▶ orders: it has not run yet", { node: "orders", why: "it has not run yet", attempt: 1 }],
  ["NodeOutput", "  orders │ <b>hi</b>", { node: "orders", stream: "stdout", text: "<b>hi</b>\n" }],
  ["NodeSucceeded", "✓ orders  list 1 items = [1]", { node: "orders", result: value }],
  [
    "NodeFailed",
    "✗ total  NameError: no order",
    {
      node: "total",
      usage: { wall: 0.1 },
      error: {
        type: "NameError",
        message: "no order\nat all",
        range,
        values: [{ text: "orders", value: "[1]" }],
        related: [{ message: "from orders" }],
        notes: [],
      },
    },
  ],
  ["NodeBlocked", "– report  not run: needs total", { node: "report", by: ["total"] }],
  ["RunFinished", "the run is failed", { status: "failed", counts: { failed: 1 }, seconds: 0.3 }],
  ["Asked", "asked for a repair", { purpose: "repair", messages: [["user", "<i>mend</i>"]], node: "total" }],
  ["Answered", "answered, 6 characters", { text: "orders", sent: 1200, received: 6, dollars: null }],
  [
    "Tried",
    "works, by model: Rename 'order' to 'orders'",
    {
      node: "total",
      by: "model",
      title: "Rename 'order' to 'orders'",
      worked: true,
      passed: 1,
      downstream: 1,
      edit: { range, newText: "orders" },
    },
  ],
  ["Revised", "the plan, 4 lines, by model", { text: MENDED, by: "model", node: "total" }],
  ["RunStarted", "the run begins", { nodes: ["orders", "total"] }],
  ["NodeCached", "≡ orders  list 1 items = [1]", { node: "orders", result: value, why: "nothing changed" }],
  ["Ended", "done", { status: "done", message: "", stuck: null }],
];

/** It began at 9.31 on a day in 2026, and a step takes half a second. */
export const TAPE: Tape = {
  verdict: "It was written with your key, and no line was changed.",
  steps: told.map(([event, said, more], step): Step => ({ step, at: 1.78e9 + step / 2, said, event, ...more })),
};
