import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { probe } from "../src/server/probe";
import { run } from "../src/server/processes";

const FOLDER = mkdtempSync(join(tmpdir(), "codeact-probe-"));

/** A program that prints something, in place of a Python. */
function program(name: string, script: string): string {
  const path = join(FOLDER, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

test("a Python tells its version, and that it has no server", async () => {
  const python = program("bare", `echo '{"python": [3, 12, 4], "server": null}'`);
  expect(await probe(python, FOLDER)).toEqual({ python: [3, 12, 4], server: null });
});

test("the question is one that a real Python answers", async () => {
  const said = await probe("python3", FOLDER);
  expect(said?.python).toHaveLength(3);
});

test.each([
  ["prints no JSON", "echo hello"],
  ["prints something else", `echo '{"python": "3.12", "server": null}'`],
  ["fails", "exit 3"],
])("of what %s nothing is believed", async (name, script) => {
  expect(await probe(program(name.replaceAll(" ", "-"), script), FOLDER)).toBeNull();
});

test("what is not there does not work", async () => {
  expect(await probe(join(FOLDER, "nothing"), FOLDER)).toBeNull();
});

test("what a program prints is told a line at a time", async () => {
  const lines: string[] = [];
  const path = program("lines", "printf 'one\\ntwo\\n'; exit 2");
  const ended = await run(path, [], { cwd: FOLDER, line: (line) => lines.push(line) });
  expect(lines).toEqual(["one", "two"]);
  expect(ended).toMatchObject({ status: 2, stdout: "one\ntwo\n" });
});

test("a program that takes too long is ended", async () => {
  const path = program("slow", "exec sleep 60");
  await expect(run(path, [], { cwd: FOLDER, timeout: 50 })).rejects.toThrow("SIGKILL");
});
