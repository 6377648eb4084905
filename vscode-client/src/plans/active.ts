import * as vscode from "vscode";
import type { Server } from "../server/server";
import type { Board } from "./board";
import { nodeAt } from "./places";
import { isPlan } from "./selector";

/** The plan that commands, views and keys are about, and the node under its caret. */
export class Active implements vscode.Disposable {
  private current: vscode.TextDocument | undefined;
  /** The editor of it that had the keyboard last: one plan can be in several. */
  private editor: vscode.TextEditor | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly moved = new vscode.EventEmitter<string | null>();
  private readonly contexts = new Map<string, unknown>();
  private readonly disposables: vscode.Disposable[];
  /** Another plan is active, or what is known of it changed. */
  readonly onDidChange = this.changed.event;
  /** The caret went to another node. */
  readonly onDidMove = this.moved.event;

  constructor(
    private readonly board: Board,
    server: Server,
  ) {
    this.disposables = [
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor.document === this.current) this.moved.fire(this.node);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.current) this.become(undefined);
      }),
      board.onDidChange((uri) => {
        if (uri === this.uri) this.news();
      }),
      server.onHealth(() => this.news()),
    ];
    this.follow(vscode.window.activeTextEditor);
    // In a window that is opened again, a view may have the focus.
    const seen = vscode.window.visibleTextEditors.find(({ document }) => isPlan(document));
    if (!this.current && seen) this.become(seen.document);
  }

  /** The address of the active plan; it stays that while a view or another file has the focus. */
  get uri(): string | undefined {
    return this.current?.uri.toString();
  }

  /** The node under the caret, as far as it is known. */
  get node(): string | null {
    const { uri, line } = this;
    return uri === undefined || line === undefined ? null : nodeAt(this.board.of(uri).graph, line);
  }

  /** The node under the caret for certain, whatever was just typed; null if that is in no plan, or in another one. */
  async nodeNow(uri = this.uri): Promise<string | null> {
    const line = uri === this.uri ? this.line : undefined;
    return uri === undefined || line === undefined ? null : nodeAt(await this.board.graphNow(uri), line);
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables, this.changed, this.moved).dispose();
  }

  private get line(): number | undefined {
    const seen = vscode.window.visibleTextEditors.filter(({ document }) => document === this.current);
    return (seen.find((each) => each === this.editor) ?? seen[0])?.selection.active.line;
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    const inPlan = editor !== undefined && isPlan(editor.document);
    this.context("codeact.isPlan", inPlan);
    if (!inPlan) return;
    this.editor = editor;
    if (editor.document !== this.current) this.become(editor.document);
    else this.moved.fire(this.node);
  }

  private become(document: vscode.TextDocument | undefined): void {
    this.current = document;
    this.news();
    this.moved.fire(this.node);
  }

  private news(): void {
    const known = this.board.of(this.uri ?? "");
    this.context("codeact.hasPlan", this.current !== undefined);
    this.context("codeact.isRunning", known.running);
    this.changed.fire();
  }

  /** Set a context key where that says something new: each costs a trip to the window. */
  private context(key: string, value: unknown): void {
    if (this.contexts.get(key) === value) return;
    this.contexts.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  }
}
