import * as vscode from "vscode";
import { debugNode } from "./debugging";
import { NEEDS, type Requests, TAKES } from "./generated/commands";
import type { Active } from "./plans/active";
import type { Board } from "./plans/board";
import { reveal } from "./plans/places";
import { reason } from "./reason";
import type { Server } from "./server/server";
import { toggle, toggleResults, toggleRunOnSave } from "./settings";
import type { View } from "./views/views";

/** What commands work on. */
export interface Tools {
  readonly server: Server;
  readonly board: Board;
  readonly active: Active;
  readonly graph: View;
  readonly results: View;
  readonly log: vscode.LogOutputChannel;
}

/** A part of a request, as lenses, trees and views give it; a palette and a key give none. */
type Given = Readonly<Record<string, unknown>> | undefined;

/** Those that start something: not in Restricted Mode. */
const RUNNING: ReadonlySet<keyof Requests> = new Set([
  "codeact.runPlan", "codeact.runNode", "codeact.runStale", "codeact.debugNode", "codeact.fixAll",
  "codeact.askModel", "codeact.plan", "codeact.agent",
] as const); // prettier-ignore

/** Register the commands of the server, and those of the editor that are about plans. */
export function registerCommands(tools: Tools): vscode.Disposable {
  const forward = (Object.keys(NEEDS) as (keyof Requests)[]).map(
    (name) => [name, (given: Given) => carryOut(tools, name, given)] as const,
  );
  const handlers = new Map<string, (given: Given) => unknown>([
    ...forward,
    ["codeact.graph", (given) => tools.graph.open(text(given, "uri"), text(given, "node") ?? tools.active.node)],
    ["codeact.value", (given) => tools.results.open(text(given, "uri"), text(given, "node") ?? tools.active.node)],
    ["codeact.runDownstream", (given) => carryOut(tools, "codeact.runNode", { ...given, downstream: true })],
    ["codeact.debugNode", (given) => debug(tools, given)],
    ["codeact.revealNode", (given) => revealNode(tools, given)],
    ["codeact.toggleGutter", () => toggle("gutter")],
    ["codeact.toggleInlineErrors", () => toggle("inlineErrors")],
    ["codeact.toggleInlineResults", toggleResults],
    ["codeact.toggleCoverage", () => toggle("coverage")],
    ["codeact.toggleRunOnSave", toggleRunOnSave],
  ]);
  const registered = [...handlers].map(([name, handler]) =>
    vscode.commands.registerCommand(name, (given: unknown) => handler(read(given))),
  );
  return vscode.Disposable.from(...registered);
}

/** What a command was given: menus of the editor give the file that they were opened on. */
function read(given: unknown): Given {
  if (given instanceof vscode.Uri) return { uri: given.toString() };
  return typeof given === "object" && given !== null ? { ...given } : undefined;
}

/** Carry out a command of the server, with what was not given taken from the active editor. */
async function carryOut(tools: Tools, name: keyof Requests, given: Given): Promise<unknown> {
  if (RUNNING.has(name) && !vscode.workspace.isTrusted) return askForTrust();
  const request = complete(tools, name, await withTask(name, given));
  if (!request) return undefined;
  try {
    return await tools.server.command(name, request);
  } catch (error) {
    const message = reason(error);
    tools.log.error(`${name}: ${message}`);
    void vscode.window.showErrorMessage(`CodeAct: ${message}`);
    return undefined;
  }
}

/** Ask for the task of a command that works on one. */
async function withTask(name: keyof Requests, given: Given): Promise<Given> {
  if (!NEEDS[name].includes("task") || given?.["task"] !== undefined) return given;
  const prompt = "What is the plan to do? The model is told this, and what the plan is now.";
  const task = await vscode.window.showInputBox({ title: "CodeAct", prompt, ignoreFocusOut: true });
  return { ...given, task: task?.trim() || undefined };
}

/** The request of a command, or undefined where the editor does not say what it is about. */
function complete<Name extends keyof Requests>(tools: Tools, name: Name, given: Given): Requests[Name] | undefined {
  const { active } = tools;
  const fromEditor = { uri: active.uri, node: NEEDS[name].includes("node") ? active.node : null };
  const all: Record<string, unknown> = { ...fromEditor, ...given };
  const isThere = (part: string): boolean => all[part] !== undefined && all[part] !== null;
  if (!NEEDS[name].every(isThere)) return undefined;
  // SAFETY: each part that the request cannot do without was found just above.
  return Object.fromEntries(
    TAKES[name].filter(isThere).map((part) => [part, all[part]]),
  ) as unknown as Requests[Name];
}

function debug(tools: Tools, given: Given): Promise<void> {
  const uri = text(given, "uri") ?? tools.active.uri;
  return debugNode(uri, (debugpy) =>
    carryOut(tools, "codeact.debugNode", { ...given, ...(debugpy !== undefined && { debugpy }) }),
  );
}

async function revealNode({ board }: Tools, given: Given): Promise<void> {
  const uri = text(given, "uri");
  const node = uri && board.of(uri).graph.nodes.find(({ name }) => name === text(given, "node"));
  if (node) await reveal(uri, node, true);
}

async function askForTrust(): Promise<void> {
  const manage = "Manage Workspace Trust";
  const message = "The folder is not trusted: nothing of it is run.";
  if ((await vscode.window.showWarningMessage(message, manage)) === manage) {
    await vscode.commands.executeCommand("workbench.trust.manage");
  }
}

function text(given: Given, part: string): string | undefined {
  const value = given?.[part];
  return typeof value === "string" ? value : undefined;
}
