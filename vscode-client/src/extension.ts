import { mkdirSync } from "node:fs";
import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { Coverage } from "./coverage";
import { USERS_OWN } from "./generated/settings";
import { newPlan } from "./new-plan";
import { Active } from "./plans/active";
import { Board } from "./plans/board";
import { Gutter } from "./plans/gutter";
import { isPlan } from "./plans/selector";
import { Tree } from "./plans/tree";
import { Walkthrough } from "./plans/walkthrough";
import { openSample } from "./sample";
import { Keys } from "./secrets";
import { Environment } from "./server/environment";
import { Interpreters } from "./server/interpreters";
import { Server } from "./server/server";
import { setUp } from "./server/set-up";
import { openServerPath } from "./server/telling";
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
  const keys = new Keys(context.secrets);
  const interpreters = new Interpreters(log);
  const server = serverFor(context, log, interpreters, keys);
  const board = new Board(server, log);
  const active = new Active(board, server);
  const replay = new Replay();
  const around = { extension: context.extensionUri, server, board, active, replay, log };
  const graph = new View("graph", around);
  const results = new View("results", around);
  context.subscriptions.push(
    log, interpreters, server, board, active, replay, graph, results,
    new Gutter(board, vscode.Uri.joinPath(context.extensionUri, "vscode-client", "media")),
    new Coverage(board, server, log),
    new Tree(board, active, log),
    new Walkthrough(server, board, active),
    new Status(server, board, active),
    registerCommands({ server, board, active, graph, results, log }),
    vscode.commands.registerCommand("codeact.setUpServer", () => setUp(server, log)),
    vscode.commands.registerCommand("codeact.openServerPath", openServerPath),
    vscode.commands.registerCommand("codeact.restart", () => server.restart()),
    vscode.commands.registerCommand("codeact.showLogs", () => log.show()),
    vscode.commands.registerCommand("codeact.setApiKey", () => keys.set()),
    vscode.commands.registerCommand("codeact.clearApiKey", () => keys.clear()),
    vscode.commands.registerCommand("codeact.newPlan", () => newPlan()),
    vscode.commands.registerCommand("codeact.openSample", () => openSample(context)),
    ...starts(server, interpreters),
  ); // prettier-ignore
  return { server, board };
}

function serverFor(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  interpreters: Interpreters,
  keys: Keys,
): Server {
  const folder = context.globalStorageUri.fsPath;
  mkdirSync(folder, { recursive: true });
  const bundled = vscode.Uri.joinPath(context.extensionUri, "vscode-client", "bundled").fsPath;
  const { version } = context.extension.packageJSON as { version: string };
  const environment = new Environment(folder, bundled, version, (line) => log.info(line));
  return new Server(log, interpreters, environment, folder, keys);
}

/** The server starts with the first plan that is opened, and not before; and again for what changes it. */
function starts(server: Server, interpreters: Interpreters): vscode.Disposable[] {
  const startFor = (document: vscode.TextDocument): void => {
    if (isPlan(document)) void server.start();
  };
  const restart = (): void => {
    if (server.health.is !== "stopped") void server.restart();
  };
  vscode.workspace.textDocuments.forEach(startFor);
  return [
    vscode.workspace.onDidOpenTextDocument(startFor),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    interpreters.onDidChange(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (AT_START.some((name) => change.affectsConfiguration(name))) restart();
    }),
  ];
}
