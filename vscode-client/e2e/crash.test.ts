import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor, SERVER } from "./editor";

const SAMPLE = "vscode-client/sample";
const ENDLESS = `import time


def endless() -> int:
    """Never returns."""
    while True:
        time.sleep(0.1)
`;

/** End the server that runs as the so many-th, once it does. */
async function crash(editor: Editor, nth: number): Promise<void> {
  await expect.poll(() => editor.logged("The server runs.")).toBe(nth);
  for (const pid of editor.servers()) process.kill(pid, "SIGKILL");
}

/** After each crash the milliseconds that the log tells of, and those until it then tells of a start. */
function waits(log: string): { told: number; taken: number }[] {
  const at = (line: string): number => Date.parse(line.slice(0, 23).replace(" ", "T"));
  const lines = log.split("\n");
  return lines.flatMap((line, index) => {
    const told = /started again in (\d+) ms/.exec(line)?.[1];
    const next = lines.slice(index).find((each) => each.includes("] Starting "));
    return told && next ? [{ told: Number(told), taken: at(next) - at(line) }] : [];
  });
}

test("a server that crashes is started again, and is left alone when it does nothing else", () =>
  Editor.journey("crash", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    const failure = workbench.squiggles.first();
    await workbench.open("sample.plan.py");
    await workbench.run();
    await failure.waitFor();
    await crash(editor, 1);
    await failure.waitFor({ state: "hidden" });
    await workbench.run();
    await failure.waitFor();
    for (let nth = 2; nth <= 5; nth++) await crash(editor, nth);

    await workbench.toast("ended again and again").waitFor();
    expect(await workbench.toasts.count()).toBe(1);
    // A run goes before the first wait, so that alone may be shorter than was told.
    const [first, ...others] = waits(editor.log);
    expect(others).toHaveLength(3);
    let before = first?.told ?? Infinity;
    for (const { told, taken } of others) {
      expect(told).toBeGreaterThan(before);
      // A timer goes by another clock than the log.
      expect(taken + 20).toBeGreaterThanOrEqual(told);
      before = told;
    }

    // Whoever runs something then is told the same, and not that there is no server.
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.status("Plan: stopped").waitFor();
    await workbench.caret(1, 1);
    await workbench.press("Control+Alt+Shift+Enter");
    await workbench.toast("ended again and again").getByText("Show Logs", { exact: true }).waitFor();
    await workbench.toast("ended again and again").getByText("Restart", { exact: true }).click();
    await workbench.status(/Plan: sandbox strict/).waitFor();
    await workbench.run();
    await failure.waitFor();
  }));

test("a run that the server does not survive is told of in words, once, and can be run again", () =>
  Editor.journey(
    "crash-run",
    { example: SAMPLE, prepare: (folder) => writeFileSync(join(folder, "endless.plan.py"), ENDLESS) },
    async (editor) => {
      const { workbench } = editor;
      await workbench.open("endless.plan.py");
      await workbench.run();
      await workbench.known("running").waitFor();
      await crash(editor, 1);
      await workbench.toast("The server ended before it had done that.").waitFor();
      expect(await workbench.toasts.count()).toBe(1);
      await workbench.known("running").waitFor({ state: "detached" });
      await workbench.run();
      await workbench.known("running").waitFor();
      await workbench.status(/Plan: 0\/1/).locator("a").click();
      await workbench.known("running").waitFor({ state: "detached" });
    },
  ));

test("a server that ends as it starts has crashed as well: it is started again, and nothing is told", () => {
  const program = join(mkdtempSync(join(tmpdir(), "codeact-starts-")), "codeact");
  const once = `[ "$1" = serve ] && [ ! -e "$0.met" ] && { : > "$0.met"; exit 3; }`;
  writeFileSync(program, `#!/bin/sh\n${once}\nexec ${SERVER} "$@"\n`, { mode: 0o755 });
  const options = { example: SAMPLE, settings: { "codeact.server.path": program } };
  return Editor.journey("crash-start", options, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    await workbench.run();
    await workbench.squiggles.first().waitFor();
    expect(editor.logged("the setting codeact.server.path) does not start")).toBe(1);
    expect(waits(editor.log)).toHaveLength(1);
    expect(await workbench.toasts.count()).toBe(0);
  });
});
