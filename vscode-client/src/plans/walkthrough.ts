import * as vscode from "vscode";
import type { Server } from "../server/server";
import type { Active } from "./active";
import type { Board } from "./board";

/** The steps of the walkthrough; each is completed by the context key `codeact.step.` and its name. */
type Step = "server" | "sample" | "run" | "fix";

/**
 * Ticks the steps of the walkthrough that were taken, also those taken before it was opened.
 *
 * VS Code registers the steps when a walkthrough is first shown, and from then on hears of a key that
 * becomes true; a step whose key was true already it never ticks. So the keys are true for a moment.
 */
export class Walkthrough implements vscode.Disposable {
  private readonly taken = new Set<Step>();
  /** The nodes that were seen to fail, with the plans that they are of. */
  private readonly failed = new Set<string>();
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly board: Board,
    private readonly active: Active,
  ) {
    this.disposables = [
      active.onDidChange(() => this.look()),
      vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
        if ([...opened, ...changed].some(mayBeWalkthrough)) this.taken.forEach(announce);
      }),
    ];
    this.look();
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private look(): void {
    const uri = this.active.uri ?? "";
    const { states, running } = this.board.of(uri);
    if (this.server.health.is === "running") this.take("server");
    if (uri) this.take("sample");
    if (states.length > 0 && !running) this.take("run");
    for (const { node, status } of states) {
      const name = `${uri}#${node}`;
      if (status === "failed") this.failed.add(name);
      // A failure that an edit has only hidden is not mended.
      else if ((status === "done" || status === "reused") && this.failed.has(name)) this.take("fix");
    }
  }

  private take(step: Step): void {
    if (this.taken.has(step)) return;
    this.taken.add(step);
    announce(step);
  }
}

/** Whether the walkthrough may be what the user looks at, and may hide the plan that it is about. */
export function mayBeInFront(): boolean {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return tab !== undefined && mayBeWalkthrough(tab);
}

/** Pages of VS Code's own, such as the walkthrough, are the tabs that say nothing of what is in them. */
function mayBeWalkthrough({ input, isActive }: vscode.Tab): boolean {
  return isActive && input === undefined;
}

function announce(step: Step): void {
  for (const now of [true, false]) void vscode.commands.executeCommand("setContext", `codeact.step.${step}`, now);
}
