import { mkdirSync } from "node:fs";
import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { Coverage } from "./coverage";
import { registerDebugger } from "./debugging";
import { USERS_OWN } from "./generated/settings";
import { Active } from "./plans/active";
import { Board } from "./plans/board";
import { Gutter } from "./plans/gutter";
import { isPlan } from "./plans/selector";
import { Tree } from "./plans/tree";
import { openSample } from "./sample";
import { Keys } from "./secrets";
import { Environment } from "./server/environment";
import { Interpreters } from "./server/interpreters";
import { Server } from "./server/server";
import { setUp } from "./server/set-up";
import { Status } from "./status";
import { Replay } from "./views/replay";
import { View } from "./views/views";

/** What tests, and other extensions, can see of this one. */
export interface Api {
  readonly server: Server;
  readonly board: Board;
}

/** Settings that the server is started with; a change of another one it is told by the protocol. */
const AT_START = ["server.path", "plans", ...USERS_OWN].map((name) => `codeact.${name}`);

export function activate(context: vscode.ExtensionContext): Api {
  const log = vscode.window.createOutputChannel("CodeAct", { log: true });
  const storage = context.globalStorageUri;
  mkdirSync(storage.fsPath, { recursive: true });
  const bundled = vscode.Uri.joinPath(context.extensionUri, "vscode-client", "bundled").fsPath;
  const { version } = context.extension.packageJSON as { version: string };

  const keys = new Keys(context.secrets);
  const interpreters = new Interpreters(log);
  const environment = new Environment(storage.fsPath, bundled, version, (line) => log.info(line));
  const server = new Server(log, interpreters, environment, storage.fsPath, keys);
  const board = new Board(server, log);
  const active = new Active(board, server);
  const replay = new Replay();
  const around = { extension: context.extensionUri, server, board, active, replay, log };
  const graph = new View("graph", around);
  const results = new View("results", around);
  const doSetUp = (): Promise<void> => setUp(server, log);

  const register = (name: string, handler: () => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(name, handler);
  const restart = (): void => {
    if (server.health.is !== "stopped") void server.restart();
  };
  context.subscriptions.push(
    log, interpreters, server, board, active, replay, graph, results,
    new Gutter(board, vscode.Uri.joinPath(context.extensionUri, "vscode-client", "media")),
    new Coverage(board, server, log),
    new Tree(board, active),
    new Status(server, board, active, doSetUp),
    registerCommands({ server, board, active, graph, results, log }),
    registerDebugger(),
    register("codeact.setUpServer", doSetUp),
    register("codeact.restart", () => server.restart()),
    register("codeact.showLogs", () => log.show()),
    register("codeact.setApiKey", () => keys.set()),
    register("codeact.clearApiKey", () => keys.clear()),
    register("codeact.openSample", () => openSample(context.extensionUri, storage)),
    vscode.workspace.onDidOpenTextDocument((document) => startFor(server, document)),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    interpreters.onDidChange(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (AT_START.some((name) => change.affectsConfiguration(name))) restart();
    }),
  ); // prettier-ignore
  for (const document of vscode.workspace.textDocuments) startFor(server, document);
  return { server, board };
}

/** The server starts with the first plan that is opened, and not before. */
function startFor(server: Server, document: vscode.TextDocument): void {
  if (isPlan(document)) void server.start();
}
