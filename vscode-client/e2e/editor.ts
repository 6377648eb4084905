import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { Workbench } from "./workbench";

const ROOT = join(import.meta.dirname, "..", "..");
const VSCODE = join(ROOT, "build", "vscode");
const VSIX = join(ROOT, "dist", "codeact.vsix");
/** The server of the checkout that the tests are in. */
export const SERVER = join(ROOT, ".venv", "bin", "codeact");
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
/** Milliseconds: far more than anything takes, so that a busy machine fails no journey. */
const PATIENCE = 90_000;
/** Pictures, and the logs of what went wrong. */
export const KEPT = join(ROOT, "build", "e2e");

/** What an editor is started with. */
export interface Options {
  /** The folder to open a copy of, from the root of the checkout. */
  readonly example: string;
  /** User settings, besides those that keep it quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the folder is trusted; else it opens in Restricted Mode. */
  readonly trusted?: boolean;
  /** False where the extension is loaded from its folder. */
  readonly installed?: boolean;
}

const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "files.autoSave": "off",
  "editor.lightbulb.enabled": "off",
  "window.confirmBeforeClose": "never",
  "security.workspace.trust.startupPrompt": "never",
};

/** A real VS Code in a real browser, with the packaged extension, on a copy of an example. */
export class Editor implements AsyncDisposable {
  private constructor(
    private readonly home: string,
    private readonly server: ChildProcess,
    private readonly browser: Browser,
    readonly page: Page,
    /** The folder that is open. */
    readonly folder: string,
    /** What was asked for that does not lie on this machine. */
    readonly strangers: readonly string[],
  ) {}

  /**
   * Go through a journey in an editor of its own. If it fails, a picture and the logs are kept.
   *
   * @param name Names what is kept.
   */
  static async journey(name: string, options: Options, go: (editor: Editor) => Promise<void>): Promise<void> {
    await using editor = await Editor.open(options);
    try {
      await go(editor);
    } catch (error) {
      await editor.keepEvidence(name);
      throw error;
    }
  }

  /**
   * Run tests inside of the extension host.
   *
   * @param extension The folder of the extension.
   * @param suite A module that exports `run`.
   * @returns The status that they ended with, and what they logged.
   */
  static async inside(options: Options, extension: string, suite: string): Promise<{ status: number; log: string[] }> {
    const log: string[] = [];
    await using editor = await Editor.open({ ...options, installed: false });
    const { page } = editor;
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction("codeAutomationExit", resolve);
    });
    await page.exposeFunction("codeAutomationLog", (_kind: string, parts: unknown[]) => log.push(parts.join(" ")));
    const remote = (path: string): string => `vscode-remote://${new URL(page.url()).host}${path}`;
    const payload = [["extensionDevelopmentPath", remote(extension)], ["extensionTestsPath", remote(suite)]];
    await page.goto(`${page.url()}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    return { status: await ended, log };
  }

  private static async open(options: Options): Promise<Editor> {
    const home = mkdtempSync(join(tmpdir(), "codeact-e2e-"));
    const folder = join(home, basename(options.example));
    cpSync(join(ROOT, options.example), folder, { recursive: true });
    prepare(home, options);
    const address = ["--host", "127.0.0.1", "--port", "0", "--without-connection-token"];
    const server = spawn("node", [...commandLine(home), ...address], {
      env: environment(home),
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: it is ended with all that it started.
      detached: true,
    });
    const port = await portOf(server);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: BROWSER });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const strangers: string[] = [];
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (/^(https?|wss?):$/.test(protocol) && !isLocal(hostname)) strangers.push(request.url());
    });
    page.setDefaultTimeout(PATIENCE);
    await page.goto(`http://127.0.0.1:${String(port)}/?folder=${encodeURIComponent(folder)}`);
    return new Editor(home, server, browser, page, folder, strangers);
  }

  get workbench(): Workbench {
    return new Workbench(this.page);
  }

  /** The processes of the language server. */
  servers(): number[] {
    const { stdout } = spawnSync("pgrep", ["-f", `codeact.* serve`], { encoding: "utf8" });
    const group = spawnSync("ps", ["-o", "pid=", "-g", String(this.server.pid)], { encoding: "utf8" }).stdout;
    const ours = new Set(group.split(/\s+/).filter(Boolean));
    return stdout.split(/\s+/).filter((pid) => ours.has(pid)).map(Number);
  }

  /** Keep a picture of the window. */
  async picture(name: string): Promise<void> {
    mkdirSync(KEPT, { recursive: true });
    await this.page.screenshot({ path: join(KEPT, `${name}.png`) });
  }

  /** Keep what tells why a journey did not go as it should. */
  private async keepEvidence(name: string): Promise<void> {
    const kept = join(KEPT, name);
    await this.picture(name);
    rmSync(kept, { recursive: true, force: true });
    cpSync(join(this.home, "data", "logs"), kept, { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    if (this.server.pid) process.kill(-this.server.pid, "SIGKILL");
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

const BROWSER = [
  "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-quic",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]; // prettier-ignore

function isLocal(host: string): boolean {
  // VS Code serves webviews under made-up names; it answers for them itself.
  return host === "127.0.0.1" || host === "localhost" || host.endsWith(".vscode-resource.vscode-cdn.net");
}

function commandLine(home: string): string[] {
  return [
    join(VSCODE, "out", "server-main.js"), "--accept-server-license-terms", "--telemetry-level", "off",
    "--server-data-dir", home, "--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions"),
  ]; // prettier-ignore
}

function environment(home: string): NodeJS.ProcessEnv {
  const { VIRTUAL_ENV: _, ...inherited } = process.env;
  const own = { CODEACT_CACHE_DIR: "cache", CODEACT_DATA_DIR: "share", CODEACT_CONFIG_DIR: "config" };
  const folders = Object.fromEntries(Object.entries(own).map(([name, part]) => [name, join(home, part)]));
  return { ...inherited, ...folders, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
}

function prepare(home: string, { settings, trusted = true, installed = true }: Options): void {
  if (installed) install(home);
  const all = { ...QUIET, "security.workspace.trust.enabled": !trusted, "codeact.server.path": SERVER, ...settings };
  // Settings of a machine, such as paths, hold where the server of the editor runs.
  for (const scope of ["User", "Machine"]) {
    mkdirSync(join(home, "data", scope), { recursive: true });
    writeFileSync(join(home, "data", scope, "settings.json"), JSON.stringify(all));
  }
}

function install(home: string): void {
  const installed = spawnSync("node", [...commandLine(home), "--install-extension", VSIX, "--force"], {
    env: environment(home),
    encoding: "utf8",
  });
  if (installed.status !== 0) throw new Error(`The extension was not installed: ${installed.stderr}`);
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
