import * as vscode from "vscode";
import { attachment, type Attachment, waits } from "./debugging-answers";

/** Microsoft's debugger for Python, which brings debugpy along. */
const PYTHON_DEBUGGER = "ms-python.debugpy";

/** Sends a request to the server; undefined where it failed, which the user was told. */
type Ask = (debugpy: string | undefined) => Promise<unknown>;

/** VS Code's debugger speaks with the process of a node directly: debugpy knows its protocol. */
export function registerDebugger(): vscode.Disposable {
  return vscode.debug.registerDebugAdapterDescriptorFactory("codeact", {
    createDebugAdapterDescriptor: ({ configuration }) => {
      // SAFETY: nobody but `debugNode` starts sessions of this type.
      const { host, port } = configuration as unknown as Attachment;
      return new vscode.DebugAdapterServer(port, host);
    },
  });
}

/** Have a node's process wait for a debugger, and attach to it. */
export async function debugNode(uri: string | undefined, ask: Ask): Promise<void> {
  const answer = await ask(ownDebugpy());
  if (!waits(answer)) return;
  const folder = uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
  const started = await vscode.debug.startDebugging(folder, { ...attachment(answer) });
  if (!started) await vscode.commands.executeCommand("codeact.cancel", { uri });
}

/** The folder of the debugpy that VS Code has, for where the nodes' Python has none. */
function ownDebugpy(): string | undefined {
  const extension = vscode.extensions.getExtension(PYTHON_DEBUGGER);
  return extension && vscode.Uri.joinPath(extension.extensionUri, "bundled", "libs").fsPath;
}
