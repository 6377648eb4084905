import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Requests } from "../generated/commands";
import type { RunEvent } from "../views/messages";
import { diagnosed } from "./diagnosis";
import type { Environment } from "./environment";
import { findServer, type Found, isFound, type Missing } from "./find";
import type { Interpreters } from "./interpreters";
import { probe } from "./probe";
import { Restarts } from "./restarts";
import { reason } from "../reason";
import type { Keys } from "../secrets";
import { own } from "../settings";

/** How the server is. */
export type Health =
  | { readonly is: "stopped" | "starting" }
  | { readonly is: "running"; readonly found: Found }
  | ({ readonly is: "missing" } & Missing)
  | { readonly is: "failed"; readonly why: string; readonly isSet: boolean };

/** What holds for a plan on this machine, as the server tells when it is opened. */
export interface Sandbox {
  readonly uri: string;
  readonly level: string;
  readonly tier: string;
  /** Why its nodes do not run; empty if they do. */
  readonly message: string;
}

/** Finds the server, keeps it running, and is what the rest of the extension asks it through. */
export class Server implements vscode.Disposable {
  private readonly restarts = new Restarts();
  private readonly emitters = {
    health: new vscode.EventEmitter<Health>(),
    event: new vscode.EventEmitter<RunEvent & { readonly uri: string }>(),
    sandbox: new vscode.EventEmitter<Sandbox>(),
    news: new vscode.EventEmitter<vscode.Uri>(),
  };
  readonly onHealth = this.emitters.health.event;
  readonly onEvent = this.emitters.event.event;
  readonly onSandbox = this.emitters.sandbox.event;
  /** What is known of a plan may have changed. */
  readonly onNews = this.emitters.news.event;
  private client: LanguageClient | undefined;
  private current: Health = { is: "stopped" };
  // Starts and stops one after the other, in the order in which they were asked for.
  private queue: Promise<void> = Promise.resolve();
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly interpreters: Interpreters,
    readonly environment: Environment,
    private readonly folder: string,
    private readonly keys: Keys,
  ) {}

  get health(): Health {
    return this.current;
  }

  /** Start it, unless it runs or was found missing; after a crash that is without a further wait. */
  start(): Promise<void> {
    return this.enqueue(async () => {
      if (this.waiting) await this.relaunch();
      else if (this.current.is === "stopped") await this.launch();
    });
  }

  /** Start it again, wherever it is found now. */
  restart(): Promise<void> {
    this.restarts.reset();
    return this.enqueue(() => this.relaunch());
  }

  /**
   * Carry out a command of the server.
   *
   * @throws Error if the server does not run, or refuses; the message is for people.
   */
  async command<Name extends keyof Requests>(name: Name, request: Requests[Name]): Promise<unknown> {
    await this.start();
    const { client } = this;
    if (!client || !this.runs) throw new Error("The server does not run.");
    try {
      return await client.sendRequest("workspace/executeCommand", { command: name, arguments: [request] });
    } catch (error) {
      // Of a server that is gone the client tells what became of the connection.
      if (client === this.client && this.runs) throw error;
      throw new Error("The server ended before it had done that.", { cause: error });
    }
  }

  /** Look for one, where it would be found now. */
  async find(): Promise<Found | Missing> {
    return findServer({
      configured: own("server.path", "").trim(),
      pythons: await this.interpreters.all(),
      own: this.environment.python,
      probe: (path) => probe(path, this.folder),
    });
  }

  private get runs(): boolean {
    return this.current.is === "running";
  }

  dispose(): void {
    clearTimeout(this.waiting);
    void this.enqueue(() => this.halt());
    for (const emitter of Object.values(this.emitters)) emitter.dispose();
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    const done = this.queue.then(step);
    // Who asked for a step is told how it ended; the next one is taken either way.
    this.queue = done.catch(() => undefined);
    return done;
  }

  private async relaunch(): Promise<void> {
    await this.halt();
    await this.launch();
  }

  private async launch(): Promise<void> {
    this.become({ is: "starting" });
    const result = await this.find();
    if (!isFound(result)) {
      this.log.warn(["No codeact-lsp was found.", ...result.looked].join("\n  "));
      this.become({ is: "missing", ...result });
      return;
    }
    this.log.info(`Starting ${[result.command, ...result.args].join(" ")}: ${result.why}`);
    try {
      await this.connect(result);
      this.become({ is: "running", found: result });
      this.log.info("The server runs.");
    } catch (error) {
      await this.halt();
      await this.unstarted(result, error);
    }
  }

  /** What is no server is left alone at once; one that ended as it started has crashed. */
  private async unstarted(found: Found, error: unknown): Promise<void> {
    const { command, why, isSet } = found;
    const because = await diagnosed(found, this.folder);
    if (because !== null) {
      this.fail(`${command} (${why}) does not start: ${because}`, isSet);
      return;
    }
    this.log.warn(`${command} (${why}) does not start: ${reason(error)}`);
    this.again();
  }

  private async connect(found: Found): Promise<void> {
    // What it takes to talk to a server is loaded once there is one.
    const { createClient } = await import("./client");
    const client = createClient(found, {
      log: this.log,
      traced: (text) => this.keys.masked(text),
      folder: this.folder,
      interpreter: await this.interpreters.chosen(),
      crashed: () => this.crashed(client),
      news: (uri) => this.emitters.news.fire(uri),
    });
    client.onNotification("codeact/event", (event: RunEvent & { uri: string }) => this.emitters.event.fire(event));
    client.onNotification("codeact/sandbox", (sandbox: Sandbox) => this.emitters.sandbox.fire(sandbox));
    client.onRequest("codeact/modelKey", ({ model }: { model: string }) => this.keys.of(model));
    this.client = client;
    await client.start();
  }

  private async halt(): Promise<void> {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    const client = this.client;
    this.client = undefined;
    this.become({ is: "stopped" });
    try {
      await client?.dispose();
    } catch (error) {
      this.log.debug(`The server had to be left: ${reason(error)}`);
    }
  }

  private crashed(client: LanguageClient): void {
    if (client === this.client && this.runs) this.again();
  }

  /** Start it again after a while, unless that has been of no use. */
  private again(): void {
    const delay = this.restarts.crashed(Date.now());
    if (delay === null) {
      this.fail("The server ended again and again, and is not started any more.");
      return;
    }
    this.log.warn(`The server ended by itself; it is started again in ${String(delay)} ms.`);
    this.become({ is: "starting" });
    this.waiting = setTimeout(() => void this.start(), delay);
  }

  private fail(why: string, isSet = false): void {
    this.log.error(why);
    this.become({ is: "failed", why, isSet });
  }

  private become(health: Health): void {
    this.current = health;
    this.emitters.health.fire(health);
  }
}
