import * as vscode from "vscode";
import type { Past } from "./messages";

/** The moment of a tape that is looked at, and of which plan. */
interface Looked {
  readonly uri: string;
  readonly past: Past;
}

/** What the results view goes through step by step; the graph view shows the plan as it was then. */
export class Replay implements vscode.Disposable {
  private looked: Looked | null = null;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  /** The moment of a plan that is looked at; null if it is the present. */
  of(uri: string): Past | null {
    return this.looked?.uri === uri ? this.looked.past : null;
  }

  /** Look at a moment; null is the present. */
  show(looked: Looked | null): void {
    if (looked === this.looked) return;
    this.looked = looked;
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
