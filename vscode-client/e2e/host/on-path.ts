/** Without the Python extension. */

import { match, ok, strictEqual } from "node:assert";
import * as vscode from "vscode";
import { extension, show, take, until } from "./steps";

export async function run(): Promise<void> {
  strictEqual(vscode.extensions.getExtension("ms-python.python"), undefined);
  const { server } = await extension().activate();
  await show("sample.plan.py");
  await take([
    [
      "the server is taken from the Python on the PATH, and runs nodes",
      async () => {
        await until("it runs", () => server.health.is === "running");
        ok(server.health.is === "running");
        match(server.health.found.why, /^codeact-lsp [\d.]+ in the Python on the PATH$/);
        const finished = await vscode.commands.executeCommand<{ status: string }>("codeact.runPlan");
        strictEqual(finished.status, "failed");
      },
    ],
  ]);
}
