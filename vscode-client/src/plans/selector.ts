import * as vscode from "vscode";
import type { DocumentSelector } from "vscode-languageclient/node";
import { SECTION } from "../settings";

/** The documents that are plans: `*.plan.py`, and what the setting `plans` names in each folder. */
export function planSelector(): DocumentSelector {
  const file = { scheme: "file", language: "python" } as const;
  const named = (vscode.workspace.workspaceFolders ?? []).flatMap((folder) =>
    globs(folder).map((pattern) => ({ ...file, pattern: { baseUri: folder.uri.toString(), pattern } })),
  );
  return [{ ...file, pattern: "**/*.plan.py" }, ...named];
}

/** Whether a document is a plan. */
export function isPlan(document: vscode.TextDocument): boolean {
  if (document.uri.scheme !== "file" || document.languageId !== "python") return false;
  if (document.uri.path.endsWith(".plan.py")) return true;
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (!folder) return false;
  return globs(folder).some(
    (glob) => vscode.languages.match({ pattern: new vscode.RelativePattern(folder, glob) }, document) > 0,
  );
}

function globs(folder: vscode.WorkspaceFolder): string[] {
  const said = vscode.workspace.getConfiguration(SECTION, folder).get<unknown>("plans");
  return Array.isArray(said) ? said.filter((glob): glob is string => typeof glob === "string") : [];
}
