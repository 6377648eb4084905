import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Environment } from "../src/server/environment";

const NEVER = new AbortController().signal;

/** An environment that is to be built, in folders of its own. */
function make(wheels: readonly string[]): { environment: Environment; storage: string } {
  const bundled = mkdtempSync(join(tmpdir(), "codeact-bundled-"));
  const storage = mkdtempSync(join(tmpdir(), "codeact-storage-"));
  for (const name of wheels) writeFileSync(join(bundled, name), "");
  return { environment: new Environment(storage, bundled, "0.1.0", () => undefined), storage };
}

const WHEEL = "codeact_lsp-0.1.0-py3-none-any.whl";

test("without a wheel it is not built, and the message says where one is looked for", async () => {
  const { environment } = make(["rich-14.0.0-py3-none-any.whl"]);
  await expect(environment.build("python3", NEVER, () => undefined)).rejects.toThrow("There is no wheel of codeact-lsp in");
  expect(environment.python).toBeNull();
});

test("a step that fails says why, and what is half built is not used", async () => {
  const { environment } = make([WHEEL]);
  await expect(environment.build("false", NEVER, () => undefined)).rejects.toThrow("false ended with status 1");
  expect(environment.python).toBeNull();
});

test("it can be cancelled", async () => {
  const { environment, storage } = make([WHEEL]);
  await expect(environment.build("python3", AbortSignal.abort(), () => undefined)).rejects.toThrow("aborted");
  expect(environment.python).toBeNull();
  expect(readdirSync(storage)).toEqual(["environment-0.1.0"]);
});
