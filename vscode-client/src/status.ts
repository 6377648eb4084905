import * as vscode from "vscode";
import type { Active } from "./plans/active";
import type { Board } from "./plans/board";
import { nameOf } from "./plans/places";
import type { Health, Server } from "./server/server";
import { tellOf } from "./server/telling";
import { LOGS, trouble } from "./server/trouble";
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
    const told = trouble(health);
    const states = { stopped: "CodeAct: no plan is open", starting: "CodeAct: starting", running: "CodeAct" };
    this.language.text = told ? `CodeAct: ${told.short}` : states[health.is as keyof typeof states];
    this.language.command = told?.ways[0] ?? LOGS;
    this.language.busy = health.is === "starting";
    this.language.detail = told?.detail ?? (health.is === "running" ? health.found.why : "");
    this.language.severity = told
      ? vscode.LanguageStatusSeverity.Error
      : vscode.LanguageStatusSeverity.Information;
    void tellOf(health);
  }

  private tellOfPlan(): void {
    const uri = this.active.uri;
    if (!uri || this.server.health.is === "stopped") {
      this.bar.hide();
      return;
    }
    const { text, tooltip, command } = this.words(uri);
    this.bar.text = text;
    this.bar.tooltip = tooltip;
    // A click that is under way when the command is set anew, be it to the same, leads nowhere.
    if (JSON.stringify(this.bar.command) !== JSON.stringify(command)) this.bar.command = command;
    this.bar.show();
  }

  private words(uri: string): Words & { readonly command: string | vscode.Command } {
    const { health } = this.server;
    if (health.is !== "running") return ofNoServer(health);
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

/** Who presses Run, and sees nothing happen, looks here. */
function ofNoServer(health: Health): Words & { readonly command: vscode.Command } {
  const told = trouble(health);
  const command = told?.ways[0] ?? LOGS;
  return {
    text: told ? `$(error) Plan: ${told.short}` : "$(loading~spin) Plan: the server starts",
    tooltip: told ? `${told.detail} Click: ${command.title}.` : "Click to show the logs.",
    command,
  };
}

/** A click cancels the run of a plan. */
function cancelling(uri: string): { command: vscode.Command } {
  return { command: { title: "Cancel Run", command: "codeact.cancel", arguments: [{ uri }] } };
}
