import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";

test("a server that crashes is started again, and is left alone when it does nothing else", () =>
  Editor.journey("crash", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    const failure = workbench.squiggles.first();
    // The one that runs as the so many-th is ended once it does.
    const crash = async (nth: number): Promise<void> => {
      await expect.poll(() => editor.logged("The server runs.")).toBe(nth);
      for (const pid of editor.servers()) process.kill(pid, "SIGKILL");
    };
    await workbench.open("sample.plan.py");
    await workbench.run();
    await failure.waitFor();
    await crash(1);
    await failure.waitFor({ state: "hidden" });
    await workbench.run();
    await failure.waitFor();
    for (let nth = 2; nth <= 5; nth++) await crash(nth);

    await workbench.toast("ended again and again").getByText("Restart").click();
    await workbench.status(/Plan: sandbox strict/).waitFor();
    await workbench.run();
    await failure.waitFor();
  }));
