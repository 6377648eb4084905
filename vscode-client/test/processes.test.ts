import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { run } from "../src/server/processes";

const cwd = tmpdir();

test("each line that is printed is told, also the last one without an end", async () => {
  const lines: string[] = [];
  const script = "process.stdout.write('a\\nb')";
  const ended = await run(process.execPath, ["-e", script], { cwd, line: (line) => lines.push(line) });
  expect(ended).toEqual({ status: 0, stdout: "a\nb", stderr: "" });
  expect(lines).toEqual(["a", "b"]);
});

test("a program that takes too long is ended, and one that is not there is told", async () => {
  const forever = run(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { cwd, timeout: 50 });
  await expect(forever).rejects.toThrow(/was ended by SIGKILL$/);
  await expect(run("/nowhere/to/be/found", [], { cwd })).rejects.toThrow(/ENOENT/);
});
