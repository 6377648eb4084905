import { appendFileSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { defineConfig } from "vitest/config";
import type { Reporter } from "vitest/node";

const FAILED = join(import.meta.dirname, "..", "..", "build", "e2e", "failed");
const VERSION = process.env["VSCODE_VERSION"] ?? "1.100";

/** Keeps which journeys failed, a line each with the version of VS Code: `.ci/run` runs few of them again. */
const failed: Reporter = {
  onTestRunEnd(modules) {
    const names = modules.filter((module) => !module.ok()).map(({ moduleId }) => basename(moduleId));
    mkdirSync(dirname(FAILED), { recursive: true });
    appendFileSync(FAILED, names.map((name) => `${VERSION} ${name}\n`).join(""));
  },
};

// One editor at a time: each is a server, an extension host and a browser.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts"],
    fileParallelism: false,
    reporters: ["default", failed],
    testTimeout: 900_000,
    expect: { poll: { timeout: 90_000 } },
  },
});
