/**
 * Runs inside of the extension host, on a folder with the sample plan. Each step goes on where the
 * one before it ended; what a step finds wrong ends the run.
 */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";

const PATIENCE = 90_000;

type Step = readonly [name: string, go: () => Promise<void>];

/** The extension, and the plan that all steps work on. */
let api: Api;
let plan: vscode.TextDocument;

const STEPS: readonly Step[] = [
  ["the extension is activated by a plan, and starts the server", started],
  ["a run ends with a failure on the exact expression", failed],
  ["what is known of each node is asked for", known],
  ["hovering tells the values of the failing expression", hovered],
  ["the quick fix that was run mends it", mended],
  ["results stand beside the code until they are switched off", hinted],
  ["a parameter leads to its node, and is renamed with it", named],
  ["the call hierarchy is the graph", hierarchy],
];

/** What VS Code calls. */
export async function run(): Promise<void> {
  for (const [name, go] of STEPS) {
    const began = performance.now();
    await go();
    console.log(`ok: ${name} (${(performance.now() - began).toFixed(0)} ms)`);
  }
}

async function started(): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  ok(folder);
  const extension = vscode.extensions.getExtension<Api>("codeact-lsp.codeact-lsp");
  ok(extension);
  const [began, before] = [performance.now(), process.cpuUsage()];
  api = await extension.activate();
  const { user } = process.cpuUsage(before);
  console.log(`activated in ${(performance.now() - began).toFixed(0)} ms, ${(user / 1000).toFixed(0)} ms of them at work`);
  plan = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, "sample.plan.py"));
  await vscode.window.showTextDocument(plan);
  await until("the server runs", () => api.server.health.is === "running");
}

async function failed(): Promise<void> {
  const finished = await vscode.commands.executeCommand<{ status: string }>("codeact.runPlan");
  strictEqual(finished.status, "failed");
  await until("the failure is shown", () => errors().length > 0);
  const [error] = errors();
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

async function mended(): Promise<void> {
  const place = new vscode.Range(at("gett"), at("gett"));
  const actions = (): Promise<vscode.CodeAction[]> =>
    provided("vscode.executeCodeActionProvider", plan.uri, place, vscode.CodeActionKind.QuickFix.value, 10);
  const fix = await found("the fix is offered", async () =>
    (await actions()).find(({ title }) => title.startsWith("Rename 'gett' to 'get': runs")),
  );
  ok(fix.isPreferred);
  ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
  const finished = await vscode.commands.executeCommand<{ status: string }>("codeact.runPlan");
  strictEqual(finished.status, "done");
  await until("nothing is wrong any more", () => errors().length === 0);
}

async function hinted(): Promise<void> {
  const whole = new vscode.Range(0, 0, plan.lineCount, 0);
  const labels = async (): Promise<string[]> => {
    const hints = await provided<vscode.InlayHint[]>("vscode.executeInlayHintProvider", plan.uri, whole);
    return hints.map(({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join("")));
  };
  await found("a result is shown", async () => (await labels()).find((label) => label === "= 'coffee'"));
  await vscode.commands.executeCommand("codeact.toggleInlineResults");
  await found("no result is shown", async () => ((await labels()).length === 0 ? true : undefined));
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

async function hierarchy(): Promise<void> {
  const [item] = await provided<vscode.CallHierarchyItem[]>("vscode.prepareCallHierarchy", plan.uri, at("best("));
  ok(item);
  const calls = await provided<vscode.CallHierarchyIncomingCall[]>("vscode.provideIncomingCalls", item);
  deepStrictEqual(calls.map(({ from }) => from.name), ["report"]);
}

/** What VS Code's providers say, the server's among them. */
async function provided<Answer>(command: string, ...args: unknown[]): Promise<Answer> {
  return vscode.commands.executeCommand<Answer>(command, ...args);
}

function errors(): vscode.Diagnostic[] {
  const all = vscode.languages.getDiagnostics(plan.uri);
  return all.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
}

/** Where a text begins in the plan. */
function at(text: string): vscode.Position {
  const offset = plan.getText().indexOf(text);
  ok(offset >= 0, text);
  return plan.positionAt(offset);
}

async function until(what: string, holds: () => boolean): Promise<void> {
  await found(what, () => Promise.resolve(holds() ? true : undefined));
}

/** Ask until there is an answer: what the server tells comes when it comes. */
async function found<Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within ${String(PATIENCE)} ms: ${what}`);
}
