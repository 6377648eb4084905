import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";

test("a server that crashes is started again, and is left alone when it does nothing else", () =>
  Editor.journey("crash", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    const failure = workbench.squiggles.first();
    const runAndCrash = async (): Promise<void> => {
      await workbench.run();
      await failure.waitFor();
      for (const pid of editor.servers()) process.kill(pid, "SIGKILL");
      await failure.waitFor({ state: "hidden" });
    };
    await workbench.open("sample.plan.py");
    await runAndCrash();
    await expect.poll(() => editor.servers()).not.toEqual([]);
    for (let crash = 1; crash < 5; crash++) await runAndCrash();

    await workbench.toast("ended again and again").getByText("Restart").click();
    await workbench.status(/Plan: strict/).waitFor();
    await workbench.run();
    await failure.waitFor();
  }));
