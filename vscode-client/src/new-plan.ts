import { Buffer } from "node:buffer";
import * as vscode from "vscode";

const ENDING = ".plan.py";
const PLAN = `"""What the plan is for."""


def numbers(count: int = 3) -> list[int]:
    """A node. A parameter that no node is called like is an input."""
    return list(range(count))


def total(numbers: list[int]) -> int:
    """This one needs the value of the node that its parameter is called like."""
    return sum(numbers)
`;

/** Ask where a new plan is to be, make it there with two nodes to begin with, and open it. */
export async function newPlan(): Promise<void> {
  const folder = besides() ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: "New plan",
    saveLabel: "Create",
    filters: { Plan: ["plan.py"] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `new${ENDING}`) }),
  });
  if (!target) return;
  const named = target.with({ path: planName(target.path) });
  const making = new vscode.WorkspaceEdit();
  // It was agreed to that the file which was named is lost, and to no other.
  const overwrite = named.path === target.path;
  making.createFile(named, { contents: Buffer.from(PLAN), overwrite, ignoreIfExists: true });
  await vscode.workspace.applyEdit(making);
  await vscode.window.showTextDocument(named);
}

/** The folder of the file that is active. */
function besides(): vscode.Uri | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  return active?.scheme === "file" ? vscode.Uri.joinPath(active, "..") : undefined;
}

/** A name as plans have it, however much of that was typed. */
function planName(path: string): string {
  return path.endsWith(ENDING) ? path : path.replace(/(\.plan)?(\.py)?$/, ENDING);
}
