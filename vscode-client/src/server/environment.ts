import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./processes";

const WINDOWS = process.platform === "win32";

/** The environment that is built for the server when no Python of the user's has it. */
export class Environment {
  private readonly folder: string;
  // Written last: without it the environment is half built.
  private readonly stamp: string;

  /**
   * @param storage A folder of the extension's own.
   * @param bundled Where the wheel of the server lies; wheels beside it are used before an index.
   * @param version The extension's, which is the server's.
   */
  constructor(
    storage: string,
    private readonly bundled: string,
    version: string,
    private readonly log: (line: string) => void,
  ) {
    this.folder = join(storage, `environment-${version}`);
    this.stamp = join(this.folder, "complete");
  }

  /** Its Python, or null if it was not built. */
  get python(): string | null {
    return existsSync(this.stamp) ? this.executable : null;
  }

  private get executable(): string {
    return join(this.folder, WINDOWS ? "Scripts/python.exe" : "bin/python");
  }

  /**
   * Build it. What is printed goes to the log.
   *
   * @param tell Is told each step, in a few words.
   * @throws Error if it cannot be built; the message says what went wrong.
   */
  async build(python: string, signal: AbortSignal, tell: (step: string) => void): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
    const wheel = await this.wheel();
    tell(`making an environment with ${python}`);
    await this.step(python, ["-m", "venv", this.folder], signal);
    tell("installing codeact-lsp");
    await this.install(wheel, signal);
    await writeFile(this.stamp, "");
  }

  /** First from the wheels that lie there alone, which needs no network. */
  private async install(wheel: string, signal: AbortSignal): Promise<void> {
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--find-links", this.bundled];
    try {
      await this.step(this.executable, [...pip, "--no-index", wheel], signal);
    } catch (error) {
      if (signal.aborted) throw error;
      this.log("Not all packages lie beside the extension; the others come from the package index.");
      await this.step(this.executable, [...pip, wheel], signal);
    }
  }

  private async wheel(): Promise<string> {
    const files = existsSync(this.bundled) ? await readdir(this.bundled) : [];
    const wheel = files.find((name) => /^codeact_lsp-.*\.whl$/.test(name));
    if (!wheel) throw new Error(`There is no wheel of codeact-lsp in ${this.bundled}.`);
    return join(this.bundled, wheel);
  }

  private async step(command: string, args: readonly string[], signal: AbortSignal): Promise<void> {
    this.log(`> ${[command, ...args].join(" ")}`);
    const ended = await run(command, args, { cwd: this.folder, signal, line: this.log });
    if (ended.status !== 0) {
      const last = ended.stderr.trim().split("\n").at(-1) ?? "";
      throw new Error(last || `${command} ended with status ${String(ended.status)}`);
    }
  }
}
