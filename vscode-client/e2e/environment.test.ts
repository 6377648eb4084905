import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Environment } from "../src/server/environment";
import { probe } from "../src/server/probe";

/** Makes a wheel of that name that needs nothing, with one module in it. */
const WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    info = "codeact_lsp-0.1.0.dist-info"
    wheel.writestr("codeact_lsp/__init__.py", "")
    wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\\nName: codeact-lsp\\nVersion: 0.1.0\\n")
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(f"{info}/RECORD", "")
`;

test("an environment is built from the wheel, without an index where nothing else is needed", async () => {
  const bundled = mkdtempSync(join(tmpdir(), "codeact-bundled-"));
  const storage = mkdtempSync(join(tmpdir(), "codeact-storage-"));
  spawnSync("python3", ["-c", WHEEL, join(bundled, "codeact_lsp-0.1.0-py3-none-any.whl")]);
  const lines: string[] = [];
  const environment = new Environment(storage, bundled, "0.1.0", (line) => lines.push(line));
  expect(environment.python).toBeNull();

  const steps: string[] = [];
  await environment.build("python3", new AbortController().signal, (step) => steps.push(step));
  expect(steps).toEqual(["making an environment with python3", "installing codeact-lsp"]);
  expect((await probe(environment.python ?? "", storage))?.server).toBe("0.1.0");
  expect(lines.filter((line) => line.startsWith(">"))).toHaveLength(2);
});
