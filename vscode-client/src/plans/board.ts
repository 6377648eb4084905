import * as vscode from "vscode";
import type { Requests } from "../generated/commands";
import type { Sandbox, Server } from "../server/server";
import type { Graph, NodeState, RunEvent } from "../views/messages";
import { continued, type Course, NO_RUN } from "./course";
import { isPlan } from "./selector";
import { Throttles } from "./throttle";

/** What is known of one plan. */
export interface Known extends Course {
  readonly graph: Graph;
  readonly states: readonly NodeState[];
  readonly stale: readonly string[];
  readonly sandbox: Sandbox | null;
  /** The version of the text that the graph is of, or a later one. */
  readonly version: number;
}

const NOTHING: Known = {
  ...NO_RUN, graph: { nodes: [], edges: [] }, states: [], stale: [], sandbox: null, version: 0,
}; // prettier-ignore
/** Milliseconds between two questions about the same plan. */
const PACE = 100;
/** Events that are told at once; of all others the next answer of the server tells. */
const TURNS = new Set(["RunStarted", "RunFinished"]);

/** What the server knows of the open plans, asked for whenever it may have changed. */
export class Board implements vscode.Disposable {
  private readonly plans = new Map<string, Known>();
  private readonly questions = new Throttles(PACE, (uri) => this.ask(uri));
  private readonly changed = new vscode.EventEmitter<string>();
  private readonly happened = new vscode.EventEmitter<{ uri: string; event: RunEvent }>();
  private readonly disposables: vscode.Disposable[];
  /** What is known of a plan changed; its address. */
  readonly onDidChange = this.changed.event;
  readonly onEvent = this.happened.event;

  constructor(
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.disposables = [
      server.onEvent((event) => this.hear(event.uri, event)),
      server.onSandbox((sandbox) => this.update(sandbox.uri, { sandbox })),
      server.onNews((uri) => this.refresh(uri.toString())),
      server.onHealth(({ is }) => (is === "running" ? this.refreshAll() : this.forgetRuns())),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isPlan(document)) this.refresh(document.uri.toString());
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri.toString())),
    ];
  }

  /** What is known of a plan; nothing if it is not open. */
  of(uri: string): Known {
    return this.plans.get(uri) ?? NOTHING;
  }

  /** A plan that runs; undefined if none does. */
  running(): string | undefined {
    return [...this.plans].find(([, { running }]) => running)?.[0];
  }

  /** The graph of a plan as its text is by now: what is known may be of a moment while somebody typed. */
  async graphNow(uri: string): Promise<Graph> {
    const { graph, version } = this.of(uri);
    if (version === versionOf(uri)) return graph;
    // Where there is no server, whoever then asks it for something hears of that.
    return this.read("codeact.graph", uri).then((now) => now as Graph, () => graph); // prettier-ignore
  }

  /** Ask again about a plan, soon. */
  refresh(uri: string): void {
    if (isOpen(uri)) this.questions.request(uri);
  }

  dispose(): void {
    vscode.Disposable.from(this.questions, ...this.disposables, this.changed, this.happened).dispose();
  }

  private refreshAll(): void {
    for (const document of vscode.workspace.textDocuments) {
      if (isPlan(document)) this.refresh(document.uri.toString());
    }
  }

  private async ask(uri: string): Promise<void> {
    if (this.server.health.is !== "running" || !isOpen(uri)) return;
    const version = versionOf(uri);
    try {
      const [graph, states] = await Promise.all([
        this.read("codeact.graph", uri),
        this.read("codeact.states", uri),
      ]);
      const { nodes, stale, running } = states as { nodes: NodeState[]; stale: string[]; running: boolean };
      this.update(uri, { graph: graph as Graph, version, states: nodes, stale, running });
      await taken();
    } catch (error) {
      // It was closed meanwhile, or the server is about to leave; either is told elsewhere.
      this.log.debug(`${uri}: ${String(error)}`);
    }
  }

  private read(name: "codeact.graph" | "codeact.states", uri: string): Promise<unknown> {
    return this.server.command(name, { uri } satisfies Requests[typeof name]);
  }

  private hear(uri: string, event: RunEvent): void {
    if (!isOpen(uri)) return;
    const known = this.of(uri);
    this.plans.set(uri, { ...known, ...continued(known, event) });
    if (TURNS.has(event.event)) this.changed.fire(uri);
    this.happened.fire({ uri, event });
    this.refresh(uri);
  }

  /** Take news in; of a plan that was closed meanwhile nothing is kept. */
  private update(uri: string, news: Partial<Known>): void {
    if (!isOpen(uri)) return;
    this.plans.set(uri, { ...this.of(uri), ...news });
    this.changed.fire(uri);
  }

  private forget(uri: string): void {
    this.questions.forget(uri);
    if (this.plans.delete(uri)) this.changed.fire(uri);
  }

  /** The server is gone, and with it all that it knew of runs. */
  private forgetRuns(): void {
    for (const uri of this.plans.keys()) this.update(uri, { states: [], stale: [], running: false });
  }
}

/**
 * Wait until the window has taken in what it was told. While a large plan runs it would else be told more
 * than it can show, and what is newer, such as the lens that cancels the run, would wait behind that.
 */
export async function taken(): Promise<void> {
  // Both take what the other says in its order, and this is answered there.
  await vscode.commands.executeCommand("setContext", "codeact.taken", true);
}

function isOpen(uri: string): boolean {
  return versionOf(uri) > 0;
}

/** The version of a text; 0 if it is not open. */
function versionOf(uri: string): number {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.version ?? 0;
}
