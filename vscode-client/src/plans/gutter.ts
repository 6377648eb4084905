import * as vscode from "vscode";
import { own } from "../settings";
import type { GraphNode, NodeState, Status } from "../views/messages";
import type { Board, Known } from "./board";
import { endOfLine, toRange } from "./places";

type Mark = Status | "stale";
const MARKS: readonly Mark[] = ["running", "done", "reused", "failed", "blocked", "stale"];
// More would run out of sight.
const MOST_CHARACTERS = 120;

/** The state of each node in the gutter, and what failed at the end of its line. */
export class Gutter implements vscode.Disposable {
  private readonly icons: ReadonlyMap<Mark, vscode.TextEditorDecorationType>;
  private readonly error = vscode.window.createTextEditorDecorationType({
    after: {
      color: new vscode.ThemeColor("editorError.foreground"),
      fontStyle: "italic",
      margin: "0 0 0 2em",
    },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly board: Board,
    media: vscode.Uri,
  ) {
    this.icons = new Map(MARKS.map((mark) => [mark, icon(vscode.Uri.joinPath(media, "gutter", `${mark}.svg`))]));
    this.disposables = [
      board.onDidChange((uri) => this.draw(uri)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.drawAll()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("codeact")) this.drawAll();
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables, ...this.icons.values(), this.error).dispose();
  }

  private drawAll(): void {
    new Set(vscode.window.visibleTextEditors.map((editor) => editor.document.uri.toString())).forEach((uri) =>
      this.draw(uri),
    );
  }

  private draw(uri: string): void {
    const known = this.board.of(uri);
    const marks = own("gutter", true) ? marked(known) : new Map<Mark, vscode.Range[]>();
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() !== uri) continue;
      for (const [mark, type] of this.icons) editor.setDecorations(type, marks.get(mark) ?? []);
      const failures = own("inlineErrors", true) ? known.states.filter((state) => state.error) : [];
      editor.setDecorations(this.error, failures.flatMap((state) => said(state, editor.document)));
    }
  }
}

/** Where each mark stands: at the nodes' names. */
function marked(known: Known): Map<Mark, vscode.Range[]> {
  const states = new Map(known.states.map((state) => [state.node, state.status]));
  const stale = new Set(known.stale);
  const marks = new Map<Mark, vscode.Range[]>();
  for (const node of known.graph.nodes) {
    const mark = states.get(node.name) ?? (stale.has(node.name) ? "stale" : undefined);
    if (mark) marks.set(mark, [...(marks.get(mark) ?? []), at(node)]);
  }
  return marks;
}

function at(node: GraphNode): vscode.Range {
  const { start } = toRange(node.range);
  return new vscode.Range(start, start);
}

/** The failure of a node as text behind the line where it happened. */
function said(state: NodeState, document: vscode.TextDocument): vscode.DecorationOptions[] {
  const line = state.range?.end.line;
  if (line === undefined || line >= document.lineCount) return [];
  const text = state.error.length > MOST_CHARACTERS ? `${state.error.slice(0, MOST_CHARACTERS - 1)}…` : state.error;
  return [{ range: endOfLine(document, line), renderOptions: { after: { contentText: text } } }];
}

function icon(path: vscode.Uri): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({ gutterIconPath: path, gutterIconSize: "75%" });
}
