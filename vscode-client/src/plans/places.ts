import * as vscode from "vscode";
import type { Graph, GraphNode, Range } from "../views/messages";

/** A range of the protocol as the editor's. */
export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
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
export async function reveal(uri: string, node: GraphNode, focus: boolean): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const selection = toRange(node.range);
  const beside = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  const editor = await vscode.window.showTextDocument(document, {
    selection,
    preserveFocus: !focus,
    viewColumn: beside ?? vscode.ViewColumn.One,
  });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
