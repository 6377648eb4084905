import * as vscode from "vscode";
import type { Graph, GraphNode, Range } from "../views/messages";

/** A range of the protocol as the editor's. */
export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** The name of a file. */
export function nameOf(uri: string): string {
  return vscode.Uri.parse(uri).path.split("/").at(-1) ?? "";
}

/** The place behind the last character of a line. */
export function endOfLine(document: vscode.TextDocument, line: number): vscode.Range {
  const { end } = document.lineAt(line).range;
  return new vscode.Range(end, end);
}

/**
 * The node that a line is in: the last one that is defined on it or above it. Code between two
 * nodes counts for the upper one.
 */
export function nodeAt(graph: Graph, line: number): string | null {
  let found: GraphNode | null = null;
  for (const node of graph.nodes) {
    const start = node.range.start.line;
    if (start <= line && (!found || start >= found.range.start.line)) found = node;
  }
  return found?.name ?? null;
}

/** Show a node in the text. */
export function reveal(uri: string, node: GraphNode, focus: boolean): Promise<void> {
  return show(uri, toRange(node.range), focus);
}

/** Show a place in the text, or where the caret was there, in the column in which the text is already. */
export async function show(uri: string, selection: vscode.Range | undefined, focus: boolean): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const beside = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  const editor = await vscode.window.showTextDocument(document, {
    ...(selection && { selection }),
    preserveFocus: !focus,
    viewColumn: beside ?? columnOf(document.uri) ?? vscode.ViewColumn.One,
  });
  if (selection) editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The column in which a file is open behind another tab. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const shows = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(shows))?.viewColumn;
}
