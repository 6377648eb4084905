import * as vscode from "vscode";
import { askForNode, askForPlan, askForTask, askForTrust } from "./asking";
import { Debugger } from "./debugging";
import { NEEDS, type Requests, TAKES } from "./generated/commands";
import type { Active } from "./plans/active";
import type { Board } from "./plans/board";
import { tellError } from "./notifications";
import { say, showFixes, showFixesAt, tellOfRefusal } from "./plans/failures";
import { reveal, show, toRange } from "./plans/places";
import { mayBeInFront } from "./plans/walkthrough";
import { reason } from "./reason";
import type { Server } from "./server/server";
import { tellOf } from "./server/telling";
import { trouble } from "./server/trouble";
import { changed, toggle, toggleResults, toggleRunOnSave } from "./settings";
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
  const nodes = new Debugger((given) => carryOut(tools, "codeact.debugNode", given));
  const handlers = new Map<string, (given: Given) => unknown>([
    ...forward,
    ["codeact.graph", (given) => open(tools.graph, tools, given)],
    ["codeact.value", (given) => open(tools.results, tools, given)],
    ["codeact.runPlan", (given) => runPlan(tools, given)],
    ["codeact.runDownstream", (given) => carryOut(tools, "codeact.runNode", { ...given, downstream: true })],
    ["codeact.debugNode", (given) => debug(nodes, tools, given)],
    ["codeact.showFixes", (given) => mend(tools, given)],
    ["codeact.fixAll", (given) => fixAll(tools, given)],
    ["codeact.askModel", (given) => askModel(tools, given)],
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
  return vscode.Disposable.from(nodes, ...registered);
}

/** What a command was given: menus of the editor give the file that they were opened on. */
function read(given: unknown): Given {
  if (given instanceof vscode.Uri) return { uri: given.toString() };
  return typeof given === "object" && given !== null ? { ...given } : undefined;
}

/** Carry out a command of the server; what was not given is taken from the active editor, or asked for. */
async function carryOut(tools: Tools, name: keyof Requests, given: Given): Promise<unknown> {
  if (RUNNING.has(name) && !vscode.workspace.isTrusted) return askForTrust();
  if (RUNNING.has(name)) await changed();
  const request = await complete(tools, name, given);
  if (!request) return undefined;
  try {
    const answer = await tools.server.command(name, request);
    await tellOfRefusal(request.uri, answer);
    return answer;
  } catch (error) {
    const message = reason(error);
    tools.log.error(`${name}: ${message}`);
    // Where there is no server, that is told again, with the ways out.
    if (trouble(tools.server.health)) void tellOf(tools.server.health);
    else void tellError(`CodeAct: ${message}`);
    return undefined;
  }
}

/** The request of a command, or undefined where neither the editor nor the user says what it is about. */
async function complete<Name extends keyof Requests>(
  { active, board }: Tools,
  name: Name,
  given: Given,
): Promise<Requests[Name] | undefined> {
  const uri = text(given, "uri") ?? active.uri;
  if (uri === undefined) return void askForPlan();
  const all: Record<string, unknown> = { ...given, uri };
  const needs = (part: string): boolean => NEEDS[name].includes(part) && !isThere(all[part]);
  if (needs("node")) all["node"] = (await active.nodeNow(uri)) ?? (await askForNode(board.of(uri).graph.nodes));
  if (needs("task")) all["task"] = await askForTask();
  if (NEEDS[name].some((part) => !isThere(all[part]))) return undefined;
  // SAFETY: each part that the request cannot do without was found just above.
  return Object.fromEntries(
    TAKES[name].filter((part) => isThere(all[part])).map((part) => [part, all[part]]),
  ) as unknown as Requests[Name];
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Run a plan, in sight of who presses the button of the walkthrough. */
async function runPlan(tools: Tools, given: Given): Promise<unknown> {
  const { uri } = tools.active;
  if (!given && uri !== undefined && mayBeInFront()) await show(uri, undefined, false);
  return carryOut(tools, "codeact.runPlan", given);
}

/** Make all preferred fixes; where there are none, that is said in passing. */
async function fixAll(tools: Tools, given: Given): Promise<unknown> {
  const made = await carryOut(tools, "codeact.fixAll", given);
  if (made === false) say("Nothing has a fix that is sure");
  return made;
}

/** Ask the model, and show what works of its answers to who still looks at the failure. */
async function askModel(tools: Tools, given: Given): Promise<unknown> {
  const before = caret();
  const said = await carryOut(tools, "codeact.askModel", given);
  const works = ((said as { fixes?: readonly string[] } | undefined)?.fixes ?? []).length > 0;
  const uri = text(given, "uri") ?? tools.active.uri;
  if (works && uri !== undefined && before === caret()) {
    const node = text(given, "node") ?? (await tools.active.nodeNow(uri));
    const failed = tools.board.of(uri).states.find((state) => state.node === node)?.range;
    // Once a command of a quick fix is done, VS Code looks for fixes by itself: only after that is a menu left open.
    if (failed) void showFixesAt(uri, toRange(failed));
  }
  return said;
}

/** Where the caret of the active editor is, in a text of which version; undefined if there is none. */
function caret(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  return JSON.stringify([document.uri.toString(), document.version, selection.active]);
}

/** Open a view at a node: that which was given, else that under the caret. */
async function open(view: View, { active }: Tools, given: Given): Promise<void> {
  view.open(text(given, "uri"), text(given, "node") ?? (await active.nodeNow()));
}

function debug(nodes: Debugger, { active }: Tools, given: Given): Promise<void> {
  const uri = text(given, "uri") ?? active.uri;
  return uri === undefined ? askForPlan() : nodes.debug(uri, text(given, "node"));
}

async function revealNode({ board }: Tools, given: Given): Promise<void> {
  const uri = text(given, "uri");
  const node = uri && board.of(uri).graph.nodes.find(({ name }) => name === text(given, "node"));
  if (node) await reveal(uri, node, true);
}

function mend({ active }: Tools, given: Given): Promise<void> {
  const uri = text(given, "uri") ?? active.uri;
  return uri === undefined ? askForPlan() : showFixes(uri);
}

function text(given: Given, part: string): string | undefined {
  const value = given?.[part];
  return typeof value === "string" ? value : undefined;
}
