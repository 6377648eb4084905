import * as vscode from "vscode";
import { attachment, type Attachment, waits } from "./debugging-answers";

/** Microsoft's debugger for Python, which brings debugpy along. */
const PYTHON_DEBUGGER = "ms-python.debugpy";

/** Has a node's process wait for a debugger; undefined where it does not, which the user was told. */
type Ask = (given: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Debugs nodes. VS Code's debugger speaks with the process of one directly: debugpy knows its protocol. */
export class Debugger implements vscode.DebugAdapterDescriptorFactory, vscode.Disposable {
  private readonly registered = vscode.debug.registerDebugAdapterDescriptorFactory("codeact", this);
  /** The ports that a session was led to; each takes one. */
  private readonly taken = new Set<number>();

  constructor(private readonly ask: Ask) {}

  /** Have the process of a node wait, and attach to it. */
  async debug(uri: string, node: string | undefined): Promise<void> {
    const answer = await this.waiting(uri, node);
    if (!waits(answer)) return;
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
    const started = await vscode.debug.startDebugging(folder, { ...attachment(uri, answer) });
    if (!started) await vscode.commands.executeCommand("codeact.cancel", { uri });
  }

  async createDebugAdapterDescriptor(session: vscode.DebugSession): Promise<vscode.DebugAdapterDescriptor | null> {
    // SAFETY: nobody but `debug` starts sessions of this type.
    const { host, port, uri, node } = session.configuration as unknown as Attachment;
    if (!this.taken.has(port)) {
      this.taken.add(port);
      return new vscode.DebugAdapterServer(port, host);
    }
    // The session was told to restart: what it was led to has ended.
    const answer = await this.waiting(uri, node);
    return waits(answer) ? new vscode.DebugAdapterServer(answer.port, answer.host) : null;
  }

  dispose(): void {
    this.registered.dispose();
  }

  private waiting(uri: string, node: string | undefined): Promise<unknown> {
    const debugpy = ownDebugpy();
    return this.ask({ uri, ...(node !== undefined && { node }), ...(debugpy !== undefined && { debugpy }) });
  }
}

/** The folder of the debugpy that VS Code has, for where the nodes' Python has none. */
function ownDebugpy(): string | undefined {
  const extension = vscode.extensions.getExtension(PYTHON_DEBUGGER);
  return extension && vscode.Uri.joinPath(extension.extensionUri, "bundled", "libs").fsPath;
}
