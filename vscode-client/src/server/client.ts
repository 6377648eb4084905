import * as vscode from "vscode";
import {
  CloseAction,
  CodeLensRefreshRequest,
  CodeLensRequest,
  type DynamicFeature,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type StaticFeature,
} from "vscode-languageclient/node";
import { isPlan, planSelector } from "../plans/selector";
import { bounds, forServer, initializationOptions } from "../settings";
import type { Found } from "./find";
import { Lenses } from "./lenses";
import { Titles } from "./titles";

/** Milliseconds within which VS Code asks for lenses that are to be asked for anew; its own wait is 250 and more. */
const SOON = 1_000;
/** Milliseconds that lenses are waited for: what a run would do may lie on a slow disk. */
const TITLES = 500;

/** What a session needs besides the server itself. */
export interface Session {
  readonly log: vscode.LogOutputChannel;
  /** What a trace may tell of a text. */
  readonly traced: (text: string) => string;
  /** The folder that the server runs in. */
  readonly folder: string;
  /** The Python that runs nodes, if the user chose one. */
  readonly interpreter: string | undefined;
  /** The server ended by itself. */
  readonly crashed: () => void;
  /** The server had lenses asked for: something else than the text may have changed. */
  readonly news: (uri: vscode.Uri) => void;
}

/** The lenses of a plan, each with what it says. */
type Whole = (
  document: vscode.TextDocument,
  lenses: readonly vscode.CodeLens[],
  token: vscode.CancellationToken,
) => Promise<vscode.CodeLens[]>;

/** A client of a server that was found; not started yet. */
export function createClient(found: Found, session: Session): LanguageClient {
  const { command, args } = found;
  const options = { cwd: session.folder };
  const lenses = new Lenses(shownPlans, () => client.askForLenses(), SOON);
  const titles = new Titles(runPlan, () => client.askForLenses(), TITLES);
  const whole: Whole = (document, found, token) =>
    titles.whole(document.uri.toString(), found, (lens) => client.resolved(document, lens, token));
  const run = { command, args: [...args], options };
  const client = new PlanClient(lenses, "codeact", "CodeAct", run, clientOptions(session, lenses, whole));
  return client;
}

/** What the lens of a plan leads to, whatever a run would do. */
function runPlan(uri: string): vscode.Command {
  return { title: "▶ Run plan", command: "codeact.runPlan", arguments: [{ uri }] };
}

/** The addresses of the plans that can be seen. */
function shownPlans(): string[] {
  const shown = vscode.window.visibleTextEditors.map(({ document }) => document);
  return shown.filter(isPlan).map(({ uri }) => uri.toString());
}

function clientOptions(session: Session, lenses: Lenses, whole: Whole): LanguageClientOptions {
  return {
    documentSelector: planSelector(),
    outputChannel: session.log,
    traceOutputChannel: tracing(session),
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: initializationOptions(session.interpreter),
    markdown: { isTrusted: false, supportHtml: false },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        session.crashed();
        return { action: CloseAction.DoNotRestart, message: "The connection to the server is closed.", handled: true };
      },
    },
    initializationFailedHandler: () => false,
    middleware: {
      provideCodeLenses: async (document, token, next) => {
        lenses.asked(document.uri.toString());
        session.news(document.uri);
        const found = await next(document, token);
        return found && whole(document, found, token);
      },
      workspace: {
        configuration: async (params, token, next) => {
          const answer = await next(params, token);
          if (!Array.isArray(answer)) return answer;
          return answer.map((each, index) => forServer(each, bounds(params.items[index]?.scopeUri)));
        },
      },
    },
  };
}

/** The log, for the traces of what is said between editor and server. */
function tracing({ log, traced }: Session): vscode.LogOutputChannel {
  const trace = (message: string): void => log.trace(traced(message));
  return Object.create(log, { trace: { value: trace } }) as vscode.LogOutputChannel;
}

/** The events of runs are wanted; the server's commands are registered by the extension itself. */
class PlanClient extends LanguageClient {
  constructor(
    private readonly lenses: Lenses,
    ...others: ConstructorParameters<typeof LanguageClient>
  ) {
    super(...others);
  }

  override async start(): Promise<void> {
    await super.start();
    this.onRequest(CodeLensRefreshRequest.type, () => this.lenses.refresh());
  }

  /** Have the editor ask for lenses anew, as far as any can be seen. */
  askForLenses(): void {
    const feature = this.getFeature(CodeLensRequest.method);
    const known = vscode.workspace.textDocuments.map((document) => feature.getProvider(document));
    for (const each of new Set(known)) each?.onDidChangeCodeLensEmitter.fire();
  }

  /** A lens with what it says, asked for as the editor would. */
  async resolved(
    document: vscode.TextDocument,
    lens: vscode.CodeLens,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens | undefined> {
    const known = this.getFeature(CodeLensRequest.method).getProvider(document);
    return (await known?.provider?.resolveCodeLens?.(lens, token)) ?? undefined;
  }

  /** What goes wrong is told once, by who keeps the server running, and with a way out; here it is logged. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** The feature would register each command as it is, without what the editor can fill in. */
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const isOfCommands = "registrationType" in feature && feature.registrationType === ExecuteCommandRequest.type;
    if (!isOfCommands) super.registerFeature(feature);
  }

  protected override registerBuiltinFeatures(): void {
    super.registerBuiltinFeatures();
    this.registerFeature({
      getState: () => ({ kind: "static" }),
      fillClientCapabilities: (capabilities) => {
        capabilities.experimental = { codeact: { events: true, runs: true, modelKey: true, debug: true } };
      },
      initialize: () => undefined,
      clear: () => undefined,
    });
  }
}
