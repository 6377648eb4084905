import * as vscode from "vscode";
import { show } from "./places";

const SECONDS = 1_000; // Milliseconds.

/** Go to the first failure in a plan, and show what mends it. */
export async function showFixes(uri: string): Promise<void> {
  const first = failures(vscode.Uri.parse(uri))[0];
  if (!first) {
    vscode.window.setStatusBarMessage("$(check) Nothing in the plan has failed", 5 * SECONDS);
    return;
  }
  await show(uri, first.range, true);
  await vscode.commands.executeCommand("editor.action.quickFix");
}

function failures(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source, severity }) => source === "codeact" && severity === vscode.DiagnosticSeverity.Error)
    .sort((one, other) => one.range.start.compareTo(other.range.start));
}
