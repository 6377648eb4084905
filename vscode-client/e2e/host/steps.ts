/** What the suites have in common that run inside of the extension host. */

import { ok } from "node:assert";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";

const PATIENCE = 90_000;

export type Step = readonly [name: string, go: () => Promise<void>];

/** Take steps, each of which goes on where the one before ended; what one finds wrong ends the run. */
export async function take(steps: readonly Step[]): Promise<void> {
  for (const [name, go] of steps) {
    const began = performance.now();
    await go();
    console.log(`ok: ${name} (${(performance.now() - began).toFixed(0)} ms)`);
  }
}

/** The extension that is tested. */
export function extension(): vscode.Extension<Api> {
  const found = vscode.extensions.getExtension<Api>("codeact-lsp.codeact-lsp");
  ok(found);
  return found;
}

/** Show a file of a folder of the workspace. */
export async function show(name: string, folder = 0): Promise<vscode.TextDocument> {
  const opened = vscode.workspace.workspaceFolders?.[folder];
  ok(opened);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(opened.uri, name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** What VS Code's providers say, the server's among them. */
export async function provided<Answer>(command: string, ...args: unknown[]): Promise<Answer> {
  return vscode.commands.executeCommand<Answer>(command, ...args);
}

/** The errors that are shown for a document. */
export function errorsIn({ uri }: vscode.TextDocument): vscode.Diagnostic[] {
  const all = vscode.languages.getDiagnostics(uri);
  return all.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
}

/** The texts that stand beside the code of a document. */
export async function hintsIn(document: vscode.TextDocument): Promise<string[]> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await provided<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, whole);
  return hints.map(({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join("")));
}

export async function until(what: string, holds: () => boolean): Promise<void> {
  await found(what, () => Promise.resolve(holds() ? true : undefined));
}

/** Ask until there is an answer: what the server tells comes when it comes. */
export async function found<Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within ${String(PATIENCE)} ms: ${what}`);
}
