import { Buffer } from "node:buffer";
import * as vscode from "vscode";
import type { Requests } from "../generated/commands";
import type { Active } from "../plans/active";
import type { Board } from "../plans/board";
import { outputOf } from "../plans/course";
import { say, showFixesAt } from "../plans/failures";
import { nameOf, reveal, show, toRange } from "../plans/places";
import { reason } from "../reason";
import { areTaped, keepTapes } from "../settings";
import type { Server } from "../server/server";
import { ASKABLE, type FromView, type Range, type Shown, type ToView, type Value } from "./messages";
import { Panel } from "./panel";
import type { Replay } from "./replay";

const TITLES = { graph: "Plan Graph", results: "Plan Results" } as const;
const ICONS = { graph: "view.svg", results: "results.svg" } as const;
type Name = keyof typeof TITLES;

/** What a view needs from the rest of the extension. */
export interface Around {
  readonly extension: vscode.Uri;
  readonly server: Server;
  readonly board: Board;
  readonly active: Active;
  readonly replay: Replay;
  readonly log: vscode.LogOutputChannel;
}

/** The graph view or the results view: follows the active plan, or stays with one. */
export class View implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel: Panel | undefined;
  private uri: string | undefined;
  private pinned = false;
  private node: string | null = null;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly name: Name,
    private readonly around: Around,
  ) {
    const { active, board, replay } = around;
    this.disposables = [
      vscode.window.registerWebviewPanelSerializer(`codeact.${name}`, this),
      active.onDidChange(() => this.follow()),
      active.onDidMove((node) => this.moved(node)),
      board.onDidChange((uri) => {
        if (uri === this.uri) this.tell({ type: "plan", plan: this.shown() });
      }),
      board.onEvent(({ uri, event }) => {
        if (uri === this.uri) this.tell({ type: "event", event });
      }),
      replay.onDidChange(() => this.tell({ type: "plan", plan: this.shown() })),
    ];
  }

  /** Open it beside the text, at a node. */
  open(uri: string | undefined, node: string | null): void {
    this.uri = uri ?? this.around.active.uri;
    this.node = node;
    if (this.panel) {
      this.panel.panel.reveal(undefined, true);
      this.tellAll();
      return;
    }
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.attach(vscode.window.createWebviewPanel(`codeact.${this.name}`, TITLES[this.name], column));
  }

  /** A window was opened again that had the view in it, with what the view had remembered. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, remembered: unknown): Promise<void> {
    const { uri, pinned } = fieldsOf(remembered);
    this.uri = this.around.active.uri;
    if (typeof uri === "string" && (pinned === true || !this.uri)) this.uri = await this.opened(uri);
    this.attach(panel);
  }

  /** The address of a plan that was shown, once it can be shown again; undefined if it is gone. */
  private async opened(uri: string): Promise<string | undefined> {
    try {
      return (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).uri.toString();
    } catch (error) {
      this.around.log.debug(`${TITLES[this.name]}: ${reason(error)}`);
      return this.around.active.uri;
    }
  }

  dispose(): void {
    this.panel?.panel.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private attach(panel: vscode.WebviewPanel): void {
    panel.iconPath = vscode.Uri.joinPath(this.around.extension, "vscode-client", "media", ICONS[this.name]);
    const attached = new Panel(panel, this.around.extension, this.name, (message) => {
      this.hear(message).catch((error: unknown) => this.around.log.error(`${TITLES[this.name]}: ${String(error)}`));
    });
    this.panel = attached;
    panel.onDidDispose(() => {
      attached.dispose();
      if (this.panel === attached) this.panel = undefined;
      this.pinned = false;
      if (this.name === "results") this.around.replay.show(null);
    });
  }

  private follow(): void {
    if (this.pinned || this.uri === this.around.active.uri) return;
    this.uri = this.around.active.uri;
    this.node = this.around.active.node;
    this.tellAll();
  }

  private moved(node: string | null): void {
    if (this.uri !== this.around.active.uri || node === this.node) return;
    this.node = node;
    this.tell({ type: "caret", node });
  }

  private tell(message: ToView): void {
    this.panel?.tell(message);
  }

  private tellAll(): void {
    this.tell({ type: "plan", plan: this.shown() });
    const known = this.around.board.of(this.uri ?? "");
    for (const event of [...known.results, ...known.events, ...outputOf(known)]) this.tell({ type: "event", event });
    this.tell({ type: "caret", node: this.node });
  }

  private shown(): Shown | null {
    const uri = this.uri;
    if (!uri) return null;
    const { graph, states, stale, running, sandbox } = this.around.board.of(uri);
    const mayRun = vscode.workspace.isTrusted && !sandbox?.message;
    const past = this.around.replay.of(uri);
    return { uri, name: nameOf(uri), graph, states, stale, running, mayRun, taped: areTaped(), past };
  }

  private async hear(message: FromView): Promise<void> {
    const uri = this.uri;
    if (message.type === "ready") this.tellAll();
    else if (message.type === "pin") this.pinned = message.pinned;
    else if (message.type === "save") await save(uri, message);
    else if (message.type === "keepTapes") await keepTapes();
    else if (!uri) return;
    else if (message.type === "past") this.around.replay.show(message.past && { uri, past: message.past });
    else if (message.type === "ask") this.tell(await this.answer(uri, message));
    else if (message.type === "value") await this.value(uri, message.node);
    else if (message.type === "reveal") await this.reveal(uri, message);
    else if (message.type === "place") await goTo(uri, message);
    else if (message.type === "back") await show(uri, undefined, true);
    else if (message.type === "results") await run("codeact.value", { uri, node: message.node });
    else if (message.type === "run") await run("codeact.runNode", { uri, ...pick(message) });
    else if (message.type === "runPlan") await run("codeact.runPlan", { uri });
    else if (message.type === "cancel") await run("codeact.cancel", { uri });
  }

  private async value(uri: string, node: string): Promise<void> {
    const value = (await this.around.server.command("codeact.value", { uri, node })) as Value | null;
    this.tell({ type: "value", node, value });
  }

  private async reveal(uri: string, { node, focus }: { node: string; focus: boolean }): Promise<void> {
    const found = this.around.board.of(uri).graph.nodes.find(({ name }) => name === node);
    this.node = node;
    if (found) await reveal(uri, found, focus);
  }

  private async answer(uri: string, asked: FromView & { type: "ask" }): Promise<ToView> {
    const { id, command, argument } = asked;
    if (!isAskable(command)) return { type: "answer", id, error: `${command} is not for views.` };
    try {
      const request = { ...argument, uri } as Requests[typeof command];
      return { type: "answer", id, result: await this.around.server.command(command, request) };
    } catch (error) {
      return { type: "answer", id, error: reason(error) };
    }
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function isAskable(command: string): command is keyof Requests {
  return ASKABLE.has(command);
}

function pick({ node, downstream }: { node: string; downstream: boolean }): object {
  return { node, downstream };
}

/** Show a place of the plan, and what mends it if that is wanted. */
function goTo(uri: string, { range, fixes }: { range: Range; fixes: boolean }): Promise<void> {
  return fixes ? showFixesAt(uri, toRange(range)) : show(uri, toRange(range), true);
}

function run(command: string, argument: object): Thenable<unknown> {
  return vscode.commands.executeCommand(command, argument);
}

/** Ask where a picture is to be saved, at first beside the plan under its name, and save it there. */
async function save(uri: string | undefined, { format, content }: FromView & { type: "save" }): Promise<void> {
  const filters = { [format.toUpperCase()]: [format] };
  const defaultUri = uri === undefined ? {} : { defaultUri: beside(vscode.Uri.parse(uri), format) };
  const target = await vscode.window.showSaveDialog({ filters, title: "Save the graph", ...defaultUri });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(content, format === "svg" ? "utf8" : "base64"));
  say(`Saved ${target.path.split("/").at(-1) ?? ""}`);
}

/** A file beside a plan, with its name and another ending. */
function beside(plan: vscode.Uri, ending: string): vscode.Uri {
  return plan.with({ path: plan.path.replace(/(\.plan)?\.py$/, "") + `.${ending}` });
}
