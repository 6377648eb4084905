import * as vscode from "vscode";
import type { Requests } from "../generated/commands";
import type { Sandbox, Server } from "../server/server";
import type { Graph, NodeState, RunEvent } from "../views/messages";
import { isPlan } from "./selector";
import { Throttle } from "./throttle";

/** What is known of one plan. */
export interface Known {
  readonly graph: Graph;
  readonly states: readonly NodeState[];
  readonly stale: readonly string[];
  readonly running: boolean;
  /** How many nodes the run has, and how many of them have ended. */
  readonly progress: { readonly nodes: number; readonly ended: number };
  readonly sandbox: Sandbox | null;
  /** The events of the latest run. */
  readonly events: readonly RunEvent[];
}

const NOTHING: Known = {
  graph: { nodes: [], edges: [] },
  states: [],
  stale: [],
  running: false,
  progress: { nodes: 0, ended: 0 },
  sandbox: null,
  events: [],
};
/** Milliseconds between two questions about the same plan. */
const PACE = 100;
const ENDINGS = new Set(["NodeSucceeded", "NodeCached", "NodeFailed", "NodeBlocked", "NodeCancelled"]);
// Output can go on for ever; a view that is opened late is told the beginning of it.
const MOST_EVENTS = 5_000;

/** What the server knows of the open plans, asked for whenever it may have changed. */
export class Board implements vscode.Disposable {
  private readonly plans = new Map<string, Known>();
  private readonly questions = new Map<string, Throttle>();
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

  /** Ask again about a plan, soon. */
  refresh(uri: string): void {
    let question = this.questions.get(uri);
    if (!question) this.questions.set(uri, (question = new Throttle(PACE, () => this.ask(uri))));
    question.request();
  }

  dispose(): void {
    for (const question of this.questions.values()) question.dispose();
    vscode.Disposable.from(...this.disposables, this.changed, this.happened).dispose();
  }

  private refreshAll(): void {
    for (const document of vscode.workspace.textDocuments) {
      if (isPlan(document)) this.refresh(document.uri.toString());
    }
  }

  private async ask(uri: string): Promise<void> {
    if (this.server.health.is !== "running" || !isOpen(uri)) return;
    try {
      const [graph, states] = await Promise.all([
        this.read("codeact.graph", uri),
        this.read("codeact.states", uri),
      ]);
      const { nodes, stale, running } = states as { nodes: NodeState[]; stale: string[]; running: boolean };
      this.update(uri, { graph: graph as Graph, states: nodes, stale, running });
    } catch (error) {
      // It was closed meanwhile, or the server is about to leave; either is told elsewhere.
      this.log.debug(`${uri}: ${String(error)}`);
    }
  }

  private read(name: "codeact.graph" | "codeact.states", uri: string): Promise<unknown> {
    return this.server.command(name, { uri } satisfies Requests[typeof name]);
  }

  private hear(uri: string, event: RunEvent): void {
    const known = this.of(uri);
    if (event.event === "RunStarted") {
      const nodes = Array.isArray(event["nodes"]) ? event["nodes"].length : 0;
      this.update(uri, { running: true, progress: { nodes, ended: 0 }, events: [event] });
    } else {
      const { nodes, ended } = known.progress;
      this.update(uri, {
        running: event.event !== "RunFinished",
        progress: { nodes, ended: ended + (ENDINGS.has(event.event) ? 1 : 0) },
        events: known.events.length < MOST_EVENTS ? [...known.events, event] : known.events,
      });
    }
    this.happened.fire({ uri, event });
    this.refresh(uri);
  }

  private update(uri: string, news: Partial<Known>): void {
    this.plans.set(uri, { ...this.of(uri), ...news });
    this.changed.fire(uri);
  }

  private forget(uri: string): void {
    this.questions.get(uri)?.dispose();
    this.questions.delete(uri);
    if (this.plans.delete(uri)) this.changed.fire(uri);
  }

  /** The server is gone, and with it all that it knew of runs. */
  private forgetRuns(): void {
    for (const uri of this.plans.keys()) this.update(uri, { states: [], stale: [], running: false });
  }
}

function isOpen(uri: string): boolean {
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri);
}
