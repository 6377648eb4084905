/** A workspace of two folders: the second one has plans of other names, and shows less. */

import { deepStrictEqual, match, strictEqual } from "node:assert";
import * as vscode from "vscode";
import { errorsIn, extension, found, hintsIn, show, take, until } from "./steps";

export async function run(): Promise<void> {
  const { server, board } = await extension().activate();
  const one = await show("sample.plan.py", 0);
  const other = await show("sample.flow.py", 1);
  const states = ({ uri }: vscode.TextDocument): number => board.of(uri.toString()).states.length;
  await take([
    ["one server serves both", () => until("it runs", () => server.health.is === "running")],
    [
      "a file that only its folder calls a plan is one, and a run of it leaves the other alone",
      async () => {
        await until("it is known", () => board.of(other.uri.toString()).graph.nodes.length === 4);
        await vscode.commands.executeCommand("codeact.runPlan");
        await until("its failure is shown", () => errorsIn(other).length > 0);
        await until("all its states are known", () => states(other) === 4);
        strictEqual(states(one), 0);
      },
    ],
    [
      "each reads the files of its own folder",
      async () => {
        await vscode.window.showTextDocument(one);
        const finished = await vscode.commands.executeCommand<{ status: string }>("codeact.runPlan");
        strictEqual(finished.status, "failed");
        await until("its failure is shown", () => errorsIn(one).length > 0);
        match(errorsIn(one)[0]?.message ?? "", /has no attribute 'gett'/);
      },
    ],
    [
      "what stands beside the code is each folder's own choice",
      async () => {
        await found("the values of the first", async () => (await hintsIn(one)).find((hint) => hint.includes("dict")));
        deepStrictEqual(await hintsIn(other), []);
      },
    ],
    [
      "a folder that comes later brings its plans with it",
      async () => {
        const [first] = vscode.workspace.workspaceFolders ?? [];
        const late = vscode.Uri.joinPath(first?.uri ?? other.uri, "..", "late");
        const settings = new TextEncoder().encode(JSON.stringify({ "codeact.plans": ["late.py"] }));
        await vscode.workspace.fs.copy(other.uri, vscode.Uri.joinPath(late, "late.py"));
        await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(late, ".vscode", "settings.json"), settings);
        vscode.workspace.updateWorkspaceFolders(2, 0, { uri: late });
        await until("it is open", () => vscode.workspace.workspaceFolders?.length === 3);
        const document = await show("late.py", 2);
        await until("it is a plan", () => board.of(document.uri.toString()).graph.nodes.length === 4);
      },
    ],
  ]);
}
