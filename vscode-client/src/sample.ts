import * as vscode from "vscode";

/** Open a copy of the sample plan: in the folder that is open, else in one of the extension's. */
export async function openSample({ extensionUri, globalStorageUri }: vscode.ExtensionContext): Promise<void> {
  const sample = vscode.Uri.joinPath(extensionUri, "vscode-client", "sample");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? globalStorageUri;
  const target = vscode.Uri.joinPath(folder, "codeact-sample");
  await vscode.workspace.fs.createDirectory(target);
  for (const [name] of await vscode.workspace.fs.readDirectory(sample)) {
    await copyIfNew(vscode.Uri.joinPath(sample, name), vscode.Uri.joinPath(target, name));
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(target, "sample.plan.py"));
}

/** What is there already may have been edited, and stays as it is. */
async function copyIfNew(source: vscode.Uri, target: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.copy(source, target, { overwrite: false });
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError) || error.code !== "FileExists") throw error;
  }
}
