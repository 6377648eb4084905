import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { BROWSER, CHROMIUM } from "./browser";
import { whileDrawn } from "./drawn";
import { Film } from "./film";
import { expectLikeness } from "./likeness";
import { PATIENCE } from "./until";
import { install, PYTHON, ROOT, SERVER, type Settings, VERSION, VsCode, writeSettings } from "./vscode";
import { noted, watch, watching } from "./watched";
import { Workbench } from "./workbench";

export { PYTHON, ROOT, SERVER };
/** Pictures, and the logs of what went wrong. */
export const KEPT = join(ROOT, "build", "e2e", VERSION);

/** What an editor is started with. */
export interface Options {
  /** The folder to open a copy of, from the root of the checkout. */
  readonly example: string;
  /** User settings, besides those that keep it quiet. */
  readonly settings?: Settings;
  /** Whether the folder is trusted; else it opens in Restricted Mode. */
  readonly trusted?: boolean;
  /** Makes of the copy what it is to be. */
  readonly prepare?: (folder: string) => void;
  /** A file in the copy that names the folders to open instead. */
  readonly workspace?: string;
  /** Packages of extensions that are installed besides. */
  readonly extensions?: readonly string[];
  /** Variables of the editor's environment. */
  readonly variables?: NodeJS.ProcessEnv;
}

/** Tests that run inside of the extension host. */
export interface Inside {
  /** The folder of an extension that is loaded. */
  readonly extension: string;
  /** A module that exports `run`. */
  readonly suite: string;
  /** Whether the packaged extension is there besides. */
  readonly installed?: boolean;
}

/** A real VS Code in a real browser, with the packaged extension, on a copy of an example. */
export class Editor implements AsyncDisposable {
  readonly workbench: Workbench;
  private readonly asked: string[] = [];

  private constructor(
    readonly home: string,
    /** The folder that is open. */
    readonly folder: string,
    private readonly code: VsCode,
    private readonly browser: Browser,
    readonly page: Page,
  ) {
    this.workbench = new Workbench(page);
    page.setDefaultTimeout(PATIENCE);
    watch(page, this.asked);
  }

  /**
   * Go through a journey in an editor of its own. If it fails, a picture and the logs are kept.
   *
   * @param name Names what is kept.
   */
  static async journey(name: string, options: Options, go: (editor: Editor) => Promise<void>): Promise<void> {
    await using editor = await Editor.open(options, { installed: true });
    try {
      await whileDrawn(editor.page, () => editor.load(options).then(() => go(editor)));
      editor.expectNoStrangers();
    } catch (error) {
      await editor.keepEvidence(name);
      throw error;
    }
  }

  /**
   * Run tests inside of the extension host.
   *
   * @returns The status that they ended with, and what they logged.
   */
  static async inside(options: Options, inside: Inside): Promise<{ status: number; log: string[] }> {
    const log: string[] = [];
    await using editor = await Editor.open(options, { driven: true, ...inside });
    const { page, code } = editor;
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction("codeAutomationExit", resolve);
    });
    await page.exposeFunction("codeAutomationLog", (_kind: string, parts: unknown[]) => log.push(parts.join(" ")));
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${String(code.port)}${path}`;
    const payload = [
      ["extensionDevelopmentPath", remote(inside.extension)],
      ["extensionTestsPath", remote(inside.suite)],
    ];
    await page.goto(`${editor.address(options)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    const status = await whileDrawn(page, () => ended);
    if (status !== 0) await editor.keepEvidence(basename(inside.suite, ".cjs"));
    editor.expectNoStrangers();
    return { status, log };
  }

  private static async open(options: Options, how: { installed?: boolean; driven?: boolean }): Promise<Editor> {
    const { example, settings, trusted = true, prepare, extensions = [], variables = {} } = options;
    const home = mkdtempSync(join(tmpdir(), "codeact-e2e-"));
    const folder = join(home, basename(example));
    cpSync(join(ROOT, example), folder, { recursive: true });
    prepare?.(folder);
    if (how.installed) install(home, extensions);
    writeSettings(home, { "security.workspace.trust.enabled": !trusted, ...settings });
    const watched = { ...watching(connectionsOf(home)), ...variables };
    const code = await VsCode.start(home, watched, how.driven ?? false);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: BROWSER });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    return new Editor(home, folder, code, browser, page);
  }

  /** Open the folder, and wait until all extensions have started that start by themselves. */
  async load(options: Options): Promise<void> {
    await this.page.goto(this.address(options));
    // Each that registers something has VS Code throw away the lenses, which then lead nowhere.
    await expect.poll(() => this.code.log("remoteexthost.log")).toContain("onStartupFinished");
  }

  private address({ workspace }: Options): string {
    const [kind, path] = workspace ? ["workspace", join(this.folder, workspace)] : ["folder", this.folder];
    return `http://127.0.0.1:${String(this.code.port)}/?${kind}=${encodeURIComponent(path)}`;
  }

  /** The processes of the language server. */
  servers(): number[] {
    return this.code.processes(" serve");
  }

  /** What the extension has logged. */
  get log(): string {
    return this.code.log("CodeAct.log");
  }

  /** How often the extension has logged something. */
  logged(text: string): number {
    return this.log.split(text).length - 1;
  }

  /** The folder of the installed extension. */
  get extension(): string {
    const extensions = join(this.home, "extensions");
    const name = readdirSync(extensions).find((each) => each.startsWith("codeact-lsp."));
    if (!name) throw new Error(`The extension is not in ${extensions}.`);
    return join(extensions, name);
  }

  /** Keep a picture of the window; from afar it has to look as the one that the docs show, if they do. */
  async picture(name: string): Promise<void> {
    mkdirSync(KEPT, { recursive: true });
    const path = join(KEPT, `${name}.png`);
    await this.page.screenshot({ path });
    await expectLikeness(this.page, path, join(ROOT, "vscode-client", "media", "screens", `${name}.png`));
  }

  /** A film of what happens in a part of the window. */
  film(): Film {
    return new Film(this.page);
  }

  /** Nothing was asked for that does not lie on this machine: by the window, the extension or the server. */
  private expectNoStrangers(): void {
    const { watched, strangers } = noted(connectionsOf(this.home));
    expect([...this.asked, ...strangers]).toEqual([]);
    expect([...watched]).toContain("extensionHost");
    if (this.servers().length > 0) expect([...watched]).toContain("server");
  }

  /** Keep what tells why a journey did not go as it should. */
  private async keepEvidence(name: string): Promise<void> {
    const kept = join(KEPT, `failed-${name}`);
    rmSync(kept, { recursive: true, force: true });
    cpSync(this.code.logs, kept, { recursive: true });
    // Of a window that is not drawn there is none, and what has failed is told without it.
    await this.page.screenshot({ path: join(kept, "window.png"), timeout: 20_000 }).catch(console.error);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    this.code.stop();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where it is noted what the processes of an editor connect to. */
function connectionsOf(home: string): string {
  return join(home, "connections.txt");
}
