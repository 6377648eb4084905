import { join } from "node:path";
import { test } from "vitest";
import { ROOT } from "./editor";
import { runs } from "./inside";

const SAMPLE = "vscode-client/sample";
const PYTHON_EXTENSION = join(import.meta.dirname, "host", "ms-python");
const PYTHON = join(ROOT, ".venv", "bin", "python");

test("the Python that is selected in the Python extension is the one, and is followed", () =>
  runs(
    "selected",
    { example: SAMPLE, settings: { "codeact.server.path": "" }, variables: { CODEACT_TEST_PYTHON: PYTHON } },
    { extension: PYTHON_EXTENSION, installed: true },
  ));

test("without the Python extension the one on the PATH is taken", () =>
  runs("on-path", {
    example: SAMPLE,
    settings: { "codeact.server.path": "" },
    variables: { PATH: `${join(ROOT, ".venv", "bin")}:${process.env["PATH"] ?? ""}` },
  }));
