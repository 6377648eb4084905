import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..");
/** Which VS Code is driven: one of those that `setup-vscode.sh` makes. */
export const VERSION = process.env["VSCODE_VERSION"] ?? "1.100";
const VSCODE = join(ROOT, "build", `vscode-${VERSION}`);
const NODE = join(VSCODE, "node");
const VSIX = join(ROOT, "dist", "codeact.vsix");
/** The server of the checkout that the tests are in. */
export const SERVER = join(ROOT, ".venv", "bin", "codeact");
/** The Python that it runs in. */
export const PYTHON = join(ROOT, ".venv", "bin", "python");

const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "files.autoSave": "off",
  "editor.lightbulb.enabled": "off",
  "window.confirmBeforeClose": "never",
  "security.workspace.trust.startupPrompt": "never",
  // Newer ones show some editors, such as that of trust, in a dialog over all others.
  "workbench.editor.useModal": "off",
};

export type Settings = Readonly<Record<string, unknown>>;

/** A VS Code that serves browsers, in a home of its own. */
export class VsCode {
  private constructor(
    private readonly home: string,
    private readonly server: ChildProcess,
    readonly port: number,
  ) {}

  /**
   * Start one.
   *
   * @param home An empty folder for all that it keeps.
   * @param variables Variables of its environment, besides those of the tests.
   * @param driven Whether a page may have it run tests.
   */
  static async start(home: string, variables: NodeJS.ProcessEnv, driven: boolean): Promise<VsCode> {
    const address = ["--host", "127.0.0.1", "--port", "0", "--without-connection-token"];
    const server = spawn(NODE, [...commandLine(home), ...address, ...(driven ? ["--enable-smoke-test-driver"] : [])], {
      env: environment(home, variables),
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: it is ended with all that it started.
      detached: true,
    });
    return new VsCode(home, server, await portOf(server));
  }

  /** Where its logs are. */
  get logs(): string {
    return join(this.home, "data", "logs");
  }

  /** What is in its logs of that name, such as `remoteexthost.log`, which is about extension hosts. */
  log(name: string): string {
    return readdirSync(this.logs, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(name))
      .map((path) => readFileSync(join(this.logs, path), "utf8"))
      .join("");
  }

  /** The processes of its group whose command line has a text in it. */
  processes(text: string): number[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => this.owns(pid) && read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").includes(text))
      .map(Number);
  }

  stop(): void {
    if (this.server.pid && this.server.exitCode === null) process.kill(-this.server.pid, "SIGKILL");
  }

  private owns(pid: string): boolean {
    // Behind the name of the program, which may have anything in it: state, parent, group.
    const [, , group] = read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];
    return group === String(this.server.pid);
  }
}

/** Write what a user has set. */
export function writeSettings(home: string, settings: Settings): void {
  const all = { ...QUIET, "codeact.server.path": SERVER, ...settings };
  // Settings of a machine, such as paths, hold where the server of the editor runs.
  for (const scope of ["User", "Machine"]) {
    mkdirSync(join(home, "data", scope), { recursive: true });
    writeFileSync(join(home, "data", scope, "settings.json"), JSON.stringify(all));
  }
}

/** Install the packaged extension, and others besides. */
export function install(home: string, others: readonly string[]): void {
  const packages = [VSIX, ...others].flatMap((path) => ["--install-extension", path]);
  const installed = spawnSync(NODE, [...commandLine(home), ...packages, "--force"], {
    env: environment(home, {}),
    encoding: "utf8",
  });
  if (installed.status !== 0) throw new Error(`The extension was not installed: ${installed.stderr}`);
}

function commandLine(home: string): string[] {
  return [
    join(VSCODE, "out", "server-main.js"), "--accept-server-license-terms", "--telemetry-level", "off",
    "--server-data-dir", home, "--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions"),
    // What the shell of whoever runs the tests puts first on the PATH is not what they are about.
    "--force-disable-user-env",
  ]; // prettier-ignore
}

function environment(home: string, variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { VIRTUAL_ENV: _, ...inherited } = process.env;
  const own = { CODEACT_CACHE_DIR: "cache", CODEACT_DATA_DIR: "share", CODEACT_CONFIG_DIR: "config" };
  const folders = Object.fromEntries(Object.entries(own).map(([name, part]) => [name, join(home, part)]));
  return { ...inherited, ...folders, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...variables };
}

/** The port that the server of the editor says it listens on. */
function portOf(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (text: Buffer): void => {
      said += text.toString();
      const port = /available at http:\/\/[^:]+:(\d+)/.exec(said)?.[1];
      if (port) resolve(Number(port));
    };
    server.stdout?.on("data", hear);
    server.stderr?.on("data", hear);
    server.once("exit", (status) => reject(new Error(`VS Code ended with status ${String(status)}: ${said}`)));
  });
}

/** A file that may be gone by now. */
export function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
