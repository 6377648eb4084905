/**
 * On a folder with the sample plan: all that the client and the server do for it, asked for as VS Code
 * itself asks.
 */

import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { performance } from "node:perf_hooks";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";
import { measured } from "../measured";
import { errorsIn, extension, found, hintsIn, provided, show, take, until } from "./steps";

/** The extension, and the plan that all steps work on. */
let api: Api;
let plan: vscode.TextDocument;

/** What VS Code calls. */
export async function run(): Promise<void> {
  await take([
    ["the extension is activated by a plan, and starts the server", started],
    ["each command that the manifest contributes is there", registered],
    ["a run ends with a failure on the exact expression", failed],
    ["what is known of each node is asked for", known],
    ["hovering tells the values of the failing expression", hovered],
    ["lenses tell states and values, and each leads to a command that there is", lenses],
    ["the quick fix that was run mends it", mended],
    ["all that was kept is cleared, and each node runs again", anew],
    ["a node alone is run again without its consumers, and from the kept results", reused],
    ["the node under the caret is run that is there by then, whatever was known while somebody typed", typed],
    ["results stand beside the code until they are switched off", hinted],
    ["names of nodes are completed where one is needed", completed],
    ["a parameter leads to its node, and is renamed with it", named],
    ["the keys of the extension take none that the editor has for a text", keyed],
    ["the outline is the nodes, and the call hierarchy is the graph", hierarchy],
    ["a restart begins anew, and knows the plan as it is", restarted],
  ]);
}

async function started(): Promise<void> {
  await quiet();
  const [began, before] = [performance.now(), threadTime()];
  api = await extension().activate();
  measured("activation", performance.now() - began, 100);
  measured("activation, time of the processor", threadTime() - before, 100);
  plan = await show("sample.plan.py");
  await until("the server runs", () => api.server.health.is === "running");
}

async function registered(): Promise<void> {
  const { contributes } = extension().packageJSON as { contributes: { commands: { command: string }[] } };
  const all = new Set(await vscode.commands.getCommands(true));
  deepStrictEqual(contributes.commands.filter(({ command }) => !all.has(command)), []);
}

async function failed(): Promise<void> {
  strictEqual(await outcome("codeact.runPlan"), "failed");
  await until("the failure is shown", () => errorsIn(plan).length > 0);
  const [error] = errorsIn(plan);
  ok(error);
  strictEqual(plan.getText(error.range), "gett");
  match(error.message, /'dict' object has no attribute 'gett'/);
}

async function known(): Promise<void> {
  const board = () => api.board.of(plan.uri.toString());
  await until("the states are known", () => board().states.length === 4);
  const states = board().states.map(({ node, status }) => [node, status]);
  deepStrictEqual(states, [["orders", "done"], ["by_product", "done"], ["best", "failed"], ["report", "blocked"]]);
  deepStrictEqual(board().graph.nodes.map(({ name }) => name), states.map(([node]) => node));
}

async function hovered(): Promise<void> {
  const hovers = await provided<vscode.Hover[]>("vscode.executeHoverProvider", plan.uri, at("gett"));
  const told = hovers.flatMap(({ contents }) => contents.map((each) => (typeof each === "string" ? each : each.value)));
  match(told.join("\n"), /by_product.*cocoa/s);
}

async function lenses(): Promise<void> {
  const given = await provided<vscode.CodeLens[]>("vscode.executeCodeLensProvider", plan.uri, 100);
  const titles = given.map(({ command }) => command?.title ?? "");
  ok(titles.some((title) => title.startsWith("▶ Run plan")), titles.join());
  ok(titles.some((title) => /^✓ .* · list 5 items/.test(title)), titles.join());
  ok(titles.some((title) => title.startsWith("✗ AttributeError")), titles.join());
}

async function mended(): Promise<void> {
  const place = new vscode.Range(at("gett"), at("gett"));
  const actions = (): Promise<vscode.CodeAction[]> =>
    provided("vscode.executeCodeActionProvider", plan.uri, place, vscode.CodeActionKind.QuickFix.value, 10);
  // It is offered as soon as it has run, and preferred once all others have.
  const fix = await found("the fix is preferred", async () =>
    (await actions()).find((each) => each.isPreferred && each.title.startsWith("Rename 'gett' to 'get': runs")),
  );
  ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
  strictEqual(await outcome("codeact.runPlan"), "done");
  await until("nothing is wrong any more", () => errorsIn(plan).length === 0);
}

async function anew(): Promise<void> {
  await vscode.commands.executeCommand("codeact.clear", { uri: plan.uri.toString() });
  const began = performance.now();
  const first = new Promise<number>((resolve) => {
    const listening = api.board.onEvent(({ event }) => {
      if (event.event !== "NodeSucceeded") return;
      listening.dispose();
      resolve(performance.now() - began);
    });
  });
  strictEqual(await outcome("codeact.runPlan"), "done");
  measured("from the command to the first result, in a server that is warm", await first, 1_000);
}

async function reused(): Promise<void> {
  strictEqual(await outcome("codeact.runNode", { uri: plan.uri.toString(), node: "by_product" }), "done");
  const { events } = api.board.of(plan.uri.toString());
  const ran = events.filter(({ node }) => node === "best" || node === "report");
  deepStrictEqual(ran, []);
}

async function typed(): Promise<void> {
  const board = () => api.board.of(plan.uri.toString());
  const editor = await vscode.window.showTextDocument(plan);
  const place = at("def by_product");
  await editor.edit((edit) => edit.insert(place, "("));
  await until("the node is none", () => !board().graph.nodes.some(({ name }) => name === "by_product"));
  editor.selection = new vscode.Selection(place, place);
  await editor.edit((edit) => edit.delete(new vscode.Range(place, place.translate(0, 1))));
  strictEqual(await outcome("codeact.runNode"), "done");
  const started = board().events.find(({ event }) => event === "RunStarted");
  deepStrictEqual(started?.["targets"], ["by_product"]);
}

async function hinted(): Promise<void> {
  await found("a result is shown", async () => (await hintsIn(plan)).find((label) => label === "= 'coffee'"));
  await vscode.commands.executeCommand("codeact.toggleInlineResults");
  await found("no result is shown", async () => ((await hintsIn(plan)).length === 0 ? true : undefined));
  const twice = ["codeact.toggleInlineResults", "codeact.toggleInlineResults"];
  await Promise.all(twice.map((name) => vscode.commands.executeCommand(name)));
  deepStrictEqual(vscode.workspace.getConfiguration("codeact").get("inlayHints.results"), false);
}

async function completed(): Promise<void> {
  const place = at("orders: list").translate(0, 2);
  const list = await provided<vscode.CompletionList>("vscode.executeCompletionItemProvider", plan.uri, place);
  const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
  ok(labels.includes("orders"), labels.join());
}

async function named(): Promise<void> {
  const parameter = at("orders: list");
  const [target] = await provided<(vscode.Location | vscode.LocationLink)[]>(
    "vscode.executeDefinitionProvider", plan.uri, parameter,
  ); // prettier-ignore
  ok(target);
  const range = "targetRange" in target ? (target.targetSelectionRange ?? target.targetRange) : target.range;
  strictEqual(range.start.line, at("orders(").line);
  const edit = await provided<vscode.WorkspaceEdit>(
    "vscode.executeDocumentRenameProvider", plan.uri, parameter, "sales",
  ); // prettier-ignore
  const [[, edits] = [plan.uri, []]] = edit.entries();
  deepStrictEqual(edits.map(({ newText }) => newText), ["sales", "sales", "sales"]);
}

/** All keys of the editor itself, as it writes them down: the same key may be another one's in other places. */
async function keyed(): Promise<void> {
  const { contributes } = extension().packageJSON as { contributes: { keybindings: { key: string }[] } };
  await vscode.commands.executeCommand("workbench.action.openDefaultKeybindingsFile");
  const all = await found("they are shown", async () => keysIn(vscode.window.activeTextEditor?.document));
  await vscode.window.showTextDocument(plan);
  ok(all.length > 500, String(all.length));
  const same = all.filter(({ key, command }) => {
    return contributes.keybindings.some((ours) => ours.key === key) && !command.startsWith("codeact.");
  });
  const inText = same.filter(({ when }) => !ELSEWHERE.test(when ?? ""));
  deepStrictEqual(inText, []);
}

/** Conditions that do not hold while the text of a plan has the keyboard. */
const ELSEWHERE = /find|search|replace|notebook|chat|terminal|scm|inlineEdit|inQuickInput|ViewerFocused/i;

interface Key {
  readonly key: string;
  readonly command: string;
  readonly when?: string;
}

function keysIn(document: vscode.TextDocument | undefined): Promise<Key[] | undefined> {
  const text = document?.languageId === "jsonc" ? document.getText() : "";
  const entries = text.slice(text.indexOf("["), text.indexOf("\n]") + 2);
  return Promise.resolve(entries ? (JSON.parse(entries) as Key[]) : undefined);
}

async function hierarchy(): Promise<void> {
  const symbols = await provided<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", plan.uri);
  const names = symbols.map(({ name }) => name);
  deepStrictEqual(names.filter((name) => ["orders", "by_product", "best", "report"].includes(name)).length, 4);
  const [item] = await provided<vscode.CallHierarchyItem[]>("vscode.prepareCallHierarchy", plan.uri, at("best("));
  ok(item);
  const calls = await provided<vscode.CallHierarchyIncomingCall[]>("vscode.provideIncomingCalls", item);
  deepStrictEqual(calls.map(({ from }) => from.name), ["report"]);
}

async function restarted(): Promise<void> {
  await vscode.commands.executeCommand("codeact.restart");
  strictEqual(api.server.health.is, "running");
  strictEqual(await outcome("codeact.runPlan"), "done");
}

/** Wait until other extensions have started, whose work would be counted too; on a busy machine not for ever. */
async function quiet(): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const before = performance.eventLoopUtilization();
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (performance.eventLoopUtilization(before).utilization < 0.1) return;
  }
}

/** The milliseconds that this thread was at work, or this process in a node that cannot tell threads apart. */
function threadTime(): number {
  const { threadCpuUsage = process.cpuUsage } = process as { threadCpuUsage?: () => NodeJS.CpuUsage };
  const { user, system } = threadCpuUsage();
  return (user + system) / 1_000;
}

/** How a run of the plan ends. */
async function outcome(command: string, argument?: object): Promise<string> {
  const finished = await vscode.commands.executeCommand<{ status: string }>(command, ...(argument ? [argument] : []));
  return finished.status;
}

/** Where a text begins in the plan. */
function at(text: string): vscode.Position {
  const offset = plan.getText().indexOf(text);
  ok(offset >= 0, text);
  return plan.positionAt(offset);
}
