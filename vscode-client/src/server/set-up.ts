import * as vscode from "vscode";
import { inform, tellError } from "../notifications";
import { reason } from "../reason";
import { isFound } from "./find";
import type { Server } from "./server";

/** Build an environment for the server, unless it runs already, and start it there. */
export async function setUp(server: Server, log: vscode.LogOutputChannel): Promise<void> {
  await server.start();
  if (server.health.is === "running") {
    void inform(`CodeAct is set up: ${server.health.found.why}.`);
    return;
  }
  // What is there may have changed since it was looked for.
  const found = await server.find();
  if (isFound(found) || !found.builder) {
    await server.restart();
    return;
  }
  try {
    await build(server, found.builder);
  } catch (error) {
    const why = reason(error);
    log.error(`The environment cannot be built: ${why}`);
    await tellOf(`CodeAct cannot be set up: ${why}`, log);
    return;
  }
  await server.restart();
}

/** Build the environment, with progress that can be cancelled. */
function build(server: Server, python: string): Thenable<void> {
  const title = "Setting up the CodeAct server";
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      return server.environment.build(python, stop.signal, (message) => progress.report({ message }));
    },
  );
}

async function tellOf(message: string, log: vscode.LogOutputChannel): Promise<void> {
  if ((await tellError(message, "Show Logs")) === "Show Logs") log.show();
}
