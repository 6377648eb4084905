/** On a folder with the sample plan: VS Code's own debugger on a node, and the lines that ran. */

import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";
import { extension, show, take, until } from "./steps";

const NODE = "by_product";
const LAST = "return totals";

/** As much of the debugger's messages as is looked at. */
interface Stopped {
  readonly threadId: number;
}

/** The extension, and the plan that all steps work on. */
let api: Api;
let plan: vscode.TextDocument;

/** What VS Code calls. */
export async function run(): Promise<void> {
  await take([
    ["the server runs", started],
    ["a breakpoint in a node is hit, the values are there, and the node goes on", debugged],
    ["a session that is stopped ends the node", left],
    ["with the setting, it is told which lines ran", covered],
  ]);
}

async function started(): Promise<void> {
  api = await extension().activate();
  plan = await show("sample.plan.py");
  await until("the server runs", () => api.server.health.is === "running");
}

async function debugged(): Promise<void> {
  const { session, threadId } = await stopped();
  ok(session.name.startsWith(`${NODE} (sandbox: `), session.name);
  const { stackFrames } = (await session.customRequest("stackTrace", { threadId })) as {
    stackFrames: { id: number; line: number; name: string }[];
  };
  deepStrictEqual(stackFrames.map(({ name, line }) => [name, line]), [[NODE, lineOf(LAST) + 1]]);
  const asked = { expression: "len(totals)", frameId: stackFrames[0]?.id, context: "watch" };
  strictEqual(((await session.customRequest("evaluate", asked)) as { result: string }).result, "3");
  const over = ended();
  await session.customRequest("continue", { threadId });
  await over;
  await until("the outcome is shown", () => stateOf(NODE) === "done");
}

async function left(): Promise<void> {
  const { session } = await stopped();
  const over = ended();
  await vscode.debug.stopDebugging(session);
  await over;
  await until("the run has ended", () => !api.board.of(plan.uri.toString()).running);
}

async function covered(): Promise<void> {
  vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
  await vscode.commands.executeCommand("codeact.clear", { uri: plan.uri.toString() });
  // Whoever turns the switch and then runs something means the run to go by it.
  void vscode.commands.executeCommand("codeact.toggleCoverage");
  await vscode.commands.executeCommand("codeact.runNode", { uri: plan.uri.toString(), node: NODE });
  const told = (await vscode.commands.executeCommand("codeact.coverage", { uri: plan.uri.toString() })) as {
    nodes: { node: string; ran: [number, number][] }[];
  };
  const lines = told.nodes.find(({ node }) => node === NODE)?.ran ?? [];
  ok(lines.some(([first, last]) => first <= lineOf(LAST) && lineOf(LAST) <= last), JSON.stringify(told));
}

/** Debug the node up to its last line. */
async function stopped(): Promise<{ session: vscode.DebugSession; threadId: number }> {
  const place = new vscode.Location(plan.uri, new vscode.Position(lineOf(LAST), 0));
  if (vscode.debug.breakpoints.length === 0) vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place)]);
  let tracker: vscode.Disposable | undefined;
  const told = new Promise<{ session: vscode.DebugSession; threadId: number }>((resolve) => {
    tracker = vscode.debug.registerDebugAdapterTrackerFactory("codeact", {
      createDebugAdapterTracker: (session) => ({
        onDidSendMessage: ({ event, body }: { event?: string; body: Stopped }) => {
          if (event === "stopped") resolve({ session, threadId: body.threadId });
        },
      }),
    });
  });
  await vscode.commands.executeCommand("codeact.debugNode", { uri: plan.uri.toString(), node: NODE });
  const found = await told;
  tracker?.dispose();
  return found;
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    const heard = vscode.debug.onDidTerminateDebugSession(() => {
      heard.dispose();
      resolve();
    });
  });
}

function stateOf(name: string): string | undefined {
  return api.board.of(plan.uri.toString()).states.find(({ node }) => node === name)?.status;
}

function lineOf(text: string): number {
  return plan.positionAt(plan.getText().indexOf(text)).line;
}
