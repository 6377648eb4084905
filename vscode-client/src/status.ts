import * as vscode from "vscode";
import type { Active } from "./plans/active";
import type { Board } from "./plans/board";
import { nameOf } from "./plans/places";
import type { Health, Server } from "./server/server";
import { ofPlan, ofRun, type Words } from "./status-words";

/** How the server is, in the language status; the active plan's state and bounds, in the status bar. */
export class Status implements vscode.Disposable {
  private readonly language = vscode.languages.createLanguageStatusItem("codeact.server", { language: "python" });
  private readonly bar = vscode.window.createStatusBarItem("codeact.plan", vscode.StatusBarAlignment.Left, 10);
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly board: Board,
    private readonly active: Active,
    private readonly setUp: () => Promise<void>,
  ) {
    this.language.name = "CodeAct";
    this.bar.name = "CodeAct";
    this.disposables = [
      server.onHealth((health) => this.tellOfServer(health)),
      active.onDidChange(() => this.tellOfPlan()),
      board.onDidChange((uri) => {
        if (uri !== active.uri) this.tellOfPlan();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.tellOfPlan()),
      vscode.debug.onDidChangeActiveDebugSession(() => this.tellOfPlan()),
    ];
    this.tellOfServer(server.health);
    this.tellOfPlan();
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables, this.language, this.bar).dispose();
  }

  private tellOfServer(health: Health): void {
    const logs = { title: "Show Logs", command: "codeact.showLogs" };
    const setUp = { title: "Set Up", command: "codeact.setUpServer" };
    const told = {
      stopped: { text: "CodeAct: no plan is open", command: logs },
      starting: { text: "CodeAct: starting", command: logs },
      running: { text: "CodeAct", command: logs },
      missing: { text: "CodeAct: not set up", command: setUp },
      failed: { text: "CodeAct: stopped", command: { title: "Restart", command: "codeact.restart" } },
    }[health.is];
    this.language.text = told.text;
    this.language.command = told.command;
    this.language.busy = health.is === "starting";
    this.language.detail = detail(health);
    this.language.severity =
      health.is === "failed" || health.is === "missing"
        ? vscode.LanguageStatusSeverity.Error
        : vscode.LanguageStatusSeverity.Information;
    void this.say(health);
  }

  /** Say once what only the user can mend. */
  private async say(health: Health): Promise<void> {
    if (health.is === "missing") {
      const message = "CodeAct needs its server, and no Python here has it. Build an environment for it?";
      const chosen = await vscode.window.showInformationMessage(message, "Set Up", "Show Logs");
      if (chosen === "Set Up") await this.setUp();
      else if (chosen) await vscode.commands.executeCommand("codeact.showLogs");
    } else if (health.is === "failed") {
      const chosen = await vscode.window.showErrorMessage(`CodeAct: ${health.why}`, "Show Logs", "Restart");
      if (chosen === "Restart") await this.server.restart();
      else if (chosen) await vscode.commands.executeCommand("codeact.showLogs");
    }
  }

  private tellOfPlan(): void {
    const uri = this.active.uri;
    if (!uri || this.server.health.is !== "running") {
      this.bar.hide();
      return;
    }
    const { text, tooltip, command } = this.words(uri);
    this.bar.text = text;
    this.bar.tooltip = tooltip;
    this.bar.command = command;
    this.bar.show();
  }

  private words(uri: string): Words & { readonly command: string | vscode.Command } {
    if (!vscode.workspace.isTrusted) return RESTRICTED;
    const known = this.board.of(uri);
    const session = vscode.debug.activeDebugSession;
    // Its name tells the node and the level, and the call stack shows no name while there is one session.
    if (known.running && session?.type === "codeact") {
      return { ...cancelling(uri), ...ofRun("", known), text: `$(debug-alt) Plan: debugging ${session.name}` };
    }
    if (known.running) return { ...cancelling(uri), ...ofRun("Plan", known) };
    const other = this.board.running();
    if (other !== undefined) return { ...cancelling(other), ...ofRun(nameOf(other), this.board.of(other)) };
    return { ...ofPlan(known), command: "codeact.graph" };
  }
}

const RESTRICTED = {
  text: "$(shield) Plan: restricted",
  tooltip: "The folder is not trusted: nothing of it is run. Click to manage trust.",
  command: "workbench.trust.manage",
};

/** A click cancels the run of a plan. */
function cancelling(uri: string): { command: vscode.Command } {
  return { command: { title: "Cancel Run", command: "codeact.cancel", arguments: [{ uri }] } };
}

function detail(health: Health): string {
  if (health.is === "running") return health.found.why;
  if (health.is === "failed") return health.why;
  return health.is === "missing" ? "No Python here has codeact-lsp." : "";
}
