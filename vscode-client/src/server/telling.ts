import * as vscode from "vscode";
import { inform, tellError } from "../notifications";
import type { Health } from "./server";
import { trouble } from "./trouble";

/** Say what only the user can mend, and carry out the way out that is chosen. */
export async function tellOf(health: Health): Promise<void> {
  const told = trouble(health);
  if (!told) return;
  const titles = told.ways.map(({ title }) => title);
  const say = health.is === "failed" ? tellError : inform;
  const chosen = await say(told.message, ...titles);
  const way = told.ways.find(({ title }) => title === chosen);
  if (way) await vscode.commands.executeCommand(way.command);
}

/** Show the setting of the server's path: paths are settings of the machine that the server is on. */
export async function openServerPath(): Promise<void> {
  const where = vscode.env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
  await vscode.commands.executeCommand(`workbench.action.${where}`, { query: "@id:codeact.server.path" });
}
