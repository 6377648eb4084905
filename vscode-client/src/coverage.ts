import * as vscode from "vscode";
import { type Covered, type Lines, merged } from "./coverage-lines";
import type { Board } from "./plans/board";
import { isPlan } from "./plans/selector";
import { Throttles } from "./plans/throttle";
import type { Server } from "./server/server";
import { own } from "./settings";

/** Milliseconds between two questions about the same plan. */
const PACE = 150;

/** Colours the lines that ran and those that did not, where the setting `coverage` is on. */
export class Coverage implements vscode.Disposable {
  private readonly ran = stripe("charts.green", "solid");
  private readonly missed = stripe("charts.red", "dotted");
  private readonly questions = new Throttles(PACE, (uri) => this.ask(uri));
  private readonly disposables: vscode.Disposable[];

  constructor(
    board: Board,
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.disposables = [
      board.onDidChange((uri) => this.questions.request(uri)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.refreshAll()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("codeact.coverage")) this.refreshAll();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.questions.forget(uri.toString())),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(this.questions, ...this.disposables, this.ran, this.missed).dispose();
  }

  private refreshAll(): void {
    const plans = vscode.window.visibleTextEditors.map(({ document }) => document).filter(isPlan);
    for (const { uri } of plans) this.questions.request(uri.toString());
  }

  private async ask(uri: string): Promise<void> {
    const isWanted = own("coverage", false) && this.server.health.is === "running";
    this.draw(uri, isWanted ? await this.covered(uri) : []);
  }

  private async covered(uri: string): Promise<readonly Covered[]> {
    try {
      return ((await this.server.command("codeact.coverage", { uri })) as { nodes: Covered[] }).nodes;
    } catch (error) {
      // It was closed meanwhile, or the server is about to leave; either is told elsewhere.
      this.log.debug(`${uri}: ${String(error)}`);
      return [];
    }
  }

  private draw(uri: string, nodes: readonly Covered[]): void {
    const { ran, missed } = merged(nodes);
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() !== uri) continue;
      editor.setDecorations(this.ran, ran.map(toRange));
      editor.setDecorations(this.missed, missed.map(toRange));
    }
  }
}

function toRange([first, last]: Lines): vscode.Range {
  return new vscode.Range(first, 0, last, 0);
}

/**
 * A line before the text, and in the overview ruler: the gutter holds states and breakpoints. What
 * did not run is dotted, for those who do not tell the colours apart.
 */
function stripe(color: string, borderStyle: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderStyle,
    borderWidth: "0 0 0 3px",
    borderColor: new vscode.ThemeColor(color),
    overviewRulerColor: new vscode.ThemeColor(color),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
}
