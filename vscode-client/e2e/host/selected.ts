/** With the Python extension, or what looks like it: its choice is followed. */

import { match, ok, strictEqual } from "node:assert";
import * as vscode from "vscode";
import { extension, show, take, until } from "./steps";

/** What stands in for the Python extension; see the folder ms-python. */
interface Double {
  select(path: string): void;
}

export async function run(): Promise<void> {
  const { server } = await extension().activate();
  const python = await vscode.extensions.getExtension<Double>("ms-python.python")?.activate();
  ok(python);
  await show("sample.plan.py");
  await take([
    [
      "the server is taken from the selected Python, and why is told",
      async () => {
        await until("it runs", () => server.health.is === "running");
        ok(server.health.is === "running");
        match(server.health.found.why, /^codeact-lsp [\d.]+ in the selected Python$/);
      },
    ],
    [
      "another choice is followed, also to where no server is",
      async () => {
        python.select("/usr/bin/false");
        await until("it is missing", () => server.health.is === "missing");
        ok(server.health.is === "missing");
        strictEqual(server.health.looked[0], "/usr/bin/false (the selected Python): it does not work");
      },
    ],
    [
      "where it fails to tell its choice, others are looked at",
      async () => {
        const looked = (): readonly string[] => (server.health.is === "missing" ? server.health.looked : []);
        python.select("");
        await until("it is looked for", () => looked()[0]?.includes("(the Python on the PATH)") ?? false);
      },
    ],
    [
      "and back",
      async () => {
        python.select(process.env["CODEACT_TEST_PYTHON"] ?? "");
        await until("it runs again", () => server.health.is === "running");
        const finished = await vscode.commands.executeCommand<{ status: string }>("codeact.runPlan");
        strictEqual(finished.status, "failed");
      },
    ],
  ]);
}
