import * as vscode from "vscode";
import {
  CloseAction,
  type DynamicFeature,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type StaticFeature,
} from "vscode-languageclient/node";
import { planSelector } from "../plans/selector";
import { bounds, forServer, initializationOptions } from "../settings";
import type { Found } from "./find";

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

/** A client of a server that was found; not started yet. */
export function createClient(found: Found, session: Session): LanguageClient {
  const { command, args } = found;
  const options = { cwd: session.folder };
  return new PlanClient("codeact", "CodeAct", { command, args: [...args], options }, clientOptions(session));
}

function clientOptions(session: Session): LanguageClientOptions {
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
      provideCodeLenses: (document, token, next) => {
        session.news(document.uri);
        return next(document, token);
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
