import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { FromView, ToView } from "./messages";

/** The page of a view: its script and its styles, and nothing from anywhere else. */
export function page(webview: vscode.Webview, extension: vscode.Uri, name: string): string {
  const nonce = randomBytes(16).toString("base64");
  const file = (ending: string): vscode.Uri =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, "vscode-client", "dist", "webviews", `${name}.${ending}`));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${String(file("css"))}">
</head>
<body data-view="${name}"><main id="root"></main><script nonce="${nonce}" src="${String(file("js"))}"></script></body>
</html>`;
}

/** A webview whose page is there, with messages of the agreed types. */
export class Panel implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[];
  private ready = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    name: string,
    hear: (message: FromView) => void,
  ) {
    const dist = vscode.Uri.joinPath(extension, "vscode-client", "dist", "webviews");
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.disposables = [
      panel.webview.onDidReceiveMessage((message: FromView) => {
        this.ready ||= message.type === "ready";
        hear(message);
      }),
    ];
    panel.webview.html = page(panel.webview, extension, name);
  }

  /** Tell the view something, once it can listen; what it missed it is told when it says `ready`. */
  tell(message: ToView): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
