import * as vscode from "vscode";
import { inform, warn } from "./notifications";
import type { GraphNode } from "./views/messages";

/** Ask for the task of a command that works on one; undefined if none is given. */
export async function askForTask(): Promise<string | undefined> {
  const prompt = "What is the plan to do? The model is told this, and what the plan is now.";
  const task = await vscode.window.showInputBox({ title: "CodeAct", prompt, ignoreFocusOut: true });
  return task?.trim() || undefined;
}

/** Ask which node a command is about, where the caret is in none; undefined if none is chosen. */
export async function askForNode(nodes: readonly GraphNode[]): Promise<string | undefined> {
  const items = nodes.map(({ name, summary }) => ({ label: name, description: summary ?? "" }));
  const placeHolder = items.length > 0 ? "Which node?" : "The plan has no nodes";
  return (await vscode.window.showQuickPick(items, { title: "CodeAct", placeHolder, matchOnDescription: true }))?.label;
}

/** Say that a command is about a plan, and offer one. */
export async function askForPlan(): Promise<void> {
  const sample = "Open Sample Plan";
  const message = "No plan is open: a Python file whose name ends in .plan.py.";
  if ((await inform(message, sample)) === sample) {
    await vscode.commands.executeCommand("codeact.openSample");
  }
}

/** Say that nothing is run before the folder is trusted, and offer that. */
export async function askForTrust(): Promise<void> {
  const manage = "Manage Workspace Trust";
  const message = "The folder is not trusted: nothing of it is run.";
  if ((await warn(message, manage)) === manage) {
    await vscode.commands.executeCommand("workbench.trust.manage");
  }
}
