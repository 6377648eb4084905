import * as vscode from "vscode";
import type { Python } from "./find";

/** As much of the Python extension's API as is used; see its package `@vscode/python-extension`. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: { readonly path: string }): Promise<
      { readonly executable: { readonly uri: vscode.Uri | undefined } } | undefined
    >;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

/** The user's Pythons: the one chosen in the Python extension, if it is there, and those on the PATH. */
export class Interpreters implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private watching: vscode.Disposable | undefined;
  /** Another Python was chosen. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** All of them, the chosen one first. */
  async all(): Promise<Python[]> {
    const chosen = await this.chosen();
    const onPath = process.platform === "win32" ? ["python"] : ["python3", "python"];
    return [
      ...(chosen ? [{ path: chosen, why: "the selected Python" }] : []),
      ...onPath.map((path) => ({ path, why: "the Python on the PATH" })),
    ];
  }

  /** The one chosen in the Python extension; undefined without it, or if nothing is chosen. */
  async chosen(): Promise<string | undefined> {
    // In Restricted Mode the choice may have come with the folder.
    if (!vscode.workspace.isTrusted) return undefined;
    try {
      return await this.selected();
    } catch (error) {
      this.log.warn(`The Python extension does not say which Python is selected: ${String(error)}`);
      return undefined;
    }
  }

  private async selected(): Promise<string | undefined> {
    const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
    const environments = (await extension?.activate())?.environments;
    if (!environments) return undefined;
    this.watching ??= environments.onDidChangeActiveEnvironmentPath(() => this.changed.fire());
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const active = environments.getActiveEnvironmentPath(folder);
    return (await environments.resolveEnvironment(active))?.executable.uri?.fsPath;
  }

  dispose(): void {
    this.watching?.dispose();
    this.changed.dispose();
  }
}
