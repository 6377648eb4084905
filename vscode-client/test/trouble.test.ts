import { expect, test } from "vitest";
import { trouble } from "../src/server/trouble";

const titles = (health: Parameters<typeof trouble>[0]): string[] =>
  trouble(health)?.ways.map(({ title }) => title) ?? [];

test("there is no trouble with a server that runs, starts or is not needed yet", () => {
  const found = { command: "codeact", args: ["serve"], why: "", isSet: false };
  expect(trouble({ is: "running", found })).toBeNull();
  expect(trouble({ is: "starting" })).toBeNull();
  expect(trouble({ is: "stopped" })).toBeNull();
});

test("where a Python can build an environment, that is the nearest way out", () => {
  const looked = ["python3 (the Python on the PATH): Python 3.12.1 without codeact-lsp"];
  const missing = { is: "missing", looked, builder: "python3" } as const;
  expect(titles(missing)).toEqual(["Set Up", "Show Logs"]);
  expect(trouble(missing)?.detail).toBe(`Looked at: ${looked.join()}.`);
});

test("where none can, it is told what was looked at, and no environment is offered", () => {
  const looked = ["python3 (the Python on the PATH): Python 3.9.2 is too old", "python (the same): it does not work"];
  const missing = { is: "missing", looked, builder: null } as const;
  expect(titles(missing)).toEqual(["Look Again", "Open Setting", "Show Logs"]);
  expect(trouble(missing)?.message).toContain("Python 3.11 or newer, and none was found. Looked at: python3");
  expect(trouble(missing)?.message).toContain("Python 3.9.2 is too old; python");
});

test("a path that does not start can be changed, and what stopped can be started", () => {
  expect(titles({ is: "failed", why: "", isSet: true })).toEqual(["Open Setting", "Restart", "Show Logs"]);
  expect(titles({ is: "failed", why: "", isSet: false })).toEqual(["Restart", "Show Logs"]);
});
