import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";

test("what stands beside the code can be switched off, each by a command", () =>
  Editor.journey("switches", { example: SAMPLE }, async (editor) => {
    const { workbench, page } = editor;
    await workbench.open("sample.plan.py");
    await workbench.run();
    const value = workbench.lines.filter({ hasText: /=.dict.3.items/ });
    await value.waitFor();
    await workbench.icons.first().waitFor();
    // What an extension puts behind a line is the content of a pseudo-element.
    const said = (): Promise<string> =>
      page.evaluate(() =>
        [...document.querySelectorAll(".view-line span")]
          .map((span) => getComputedStyle(span, "::after").content)
          .join(),
      );
    await expect.poll(said).toContain("AttributeError");

    await workbench.command("CodeAct: Toggle Results Beside the Code");
    await value.waitFor({ state: "detached" });
    await workbench.command("CodeAct: Toggle Errors Beside the Code");
    await expect.poll(said).not.toContain("AttributeError");
    await workbench.command("CodeAct: Toggle State in the Gutter");
    await workbench.icons.first().waitFor({ state: "detached" });
    await workbench.command("CodeAct: Toggle State in the Gutter");
    await workbench.icons.first().waitFor();
  }));
