import * as vscode from "vscode";
import { taken } from "./board";
import { show } from "./places";

const SECONDS = 1_000; // Milliseconds.
/** Milliseconds; VS Code's own wait is 250. */
const QUIET = 350;

/** Go to the first failure in a plan, and show what mends it. */
export async function showFixes(uri: string): Promise<void> {
  const first = failures(vscode.Uri.parse(uri))[0];
  if (!first) {
    say("Nothing in the plan has failed");
    return;
  }
  await showFixesAt(uri, first.range);
}

/**
 * A run did not begin: say so in passing, and lead to the error that is in its way, which stands there.
 *
 * @param answer What the server answered to who asked for a run.
 */
export async function tellOfRefusal(uri: string, answer: unknown): Promise<void> {
  const { event, status, message } = { ...(answer as Readonly<Record<string, unknown>> | null | undefined) };
  if (event !== "RunFinished" || status !== "refused" || typeof message !== "string") return;
  vscode.window.setStatusBarMessage(`$(error) ${message}`, 5 * SECONDS);
  const named = failures(vscode.Uri.parse(uri)).find((error) => message.endsWith(error.message));
  if (named) await show(uri, named.range, false);
}

/** Say something in passing, in the status bar. */
export function say(text: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${text}`, 5 * SECONDS);
}

/** Go to a place in a plan, and show what mends it. */
export async function showFixesAt(uri: string, place: vscode.Range): Promise<void> {
  await show(uri, place, true);
  // The window is behind when it is busy: that it is quiet counts from when it has heard of all this,
  // and until what it then does by itself is done.
  await taken();
  await quiet();
  await taken();
  await vscode.commands.executeCommand("editor.action.quickFix");
}

/**
 * Wait until problems have not changed for a moment. Shortly after they did, or the caret moved, VS Code
 * asks for fixes by itself, and shows none to whom had just asked for them.
 */
function quiet(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      listening.dispose();
      resolve();
    };
    let timer = setTimeout(end, QUIET);
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      clearTimeout(timer);
      timer = setTimeout(end, QUIET);
    });
  });
}

function failures(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source, severity }) => source === "codeact" && severity === vscode.DiagnosticSeverity.Error)
    .sort((one, other) => one.range.start.compareTo(other.range.start));
}
