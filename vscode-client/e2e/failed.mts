import { appendFileSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Reporter, TestModule } from "vitest/node";

const LIST = join(import.meta.dirname, "..", "..", "build", "e2e", "failed");
const VERSION = process.env["VSCODE_VERSION"] ?? "1.100";

/** Keeps which journeys failed, a line each with the version of VS Code: each can be run again. */
export class Failed implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const failed = modules.filter((module) => !module.ok());
    mkdirSync(dirname(LIST), { recursive: true });
    appendFileSync(LIST, failed.map((module) => `${VERSION} ${basename(module.moduleId)}\n`).join(""));
  }
}
