import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diagnosed } from "../src/server/diagnosis";

const FOLDER = mkdtempSync(join(tmpdir(), "codeact-diagnosis-"));

/** A program in place of a server. */
function program(name: string, script: string, mode = 0o755): string {
  const path = join(FOLDER, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode });
  return path;
}

function asked(command: string, args = ["serve"]): Promise<string | null> {
  return diagnosed({ command, args, why: "the setting codeact.server.path", isSet: true }, FOLDER);
}

test("nothing is wrong with what says its version as the server does", async () => {
  expect(await asked(program("codeact", `[ "$*" = --version ] && echo "codeact 0.1.0"`))).toBeNull();
});

test("a Python is asked for the module", async () => {
  const python = program("python3", `[ "$*" = "-m codeact_lsp --version" ] && echo "codeact 0.1.0"`);
  expect(await asked(python, ["-m", "codeact_lsp", "serve"])).toBeNull();
});

test("a Python without the server says so itself", async () => {
  const because = await asked("python3", ["-m", "no_such_server", "serve"]);
  expect(because).toMatch(/No module named no_such_server$/);
});

test.each([
  ["nothing is there", () => join(FOLDER, "nothing"), "there is no such program"],
  ["it is no program", () => program("text", "", 0o644), "it cannot be executed"],
  ["it is another one", () => program("other", "echo cat 9.1"), "it is another program"],
  ["it fails and says nothing", () => program("silent", "exit 3"), "it ended with status 3"],
  ["it fails and says much", () => program("loud", "echo one >&2; echo two >&2; exit 1"), "two"],
])("it is told that %s", async (_, make, because) => {
  expect(await asked(make())).toBe(because);
});
