import { join } from "node:path";
import type { Page } from "playwright-core";
import { read } from "./vscode";

const WATCHED = join(import.meta.dirname, "watched");

/** Variables that have each node and each Python of an editor note in a file what it connects to. */
export function watching(file: string): NodeJS.ProcessEnv {
  return {
    CODEACT_CONNECTIONS: file,
    NODE_OPTIONS: `--require=${join(WATCHED, "connections.cjs")}`,
    PYTHONPATH: WATCHED,
  };
}

/** What was noted in such a file. */
export interface Noted {
  /** The kinds of processes that were watched: `extensionHost`, `server`, `python` and others. */
  readonly watched: ReadonlySet<string>;
  /** What does not stay on this machine. */
  readonly strangers: readonly string[];
}

export function noted(file: string): Noted {
  const lines = read(file).split("\n").filter(Boolean);
  const [watched, told] = [new Set<string>(), [] as string[]];
  for (const line of lines) {
    const [who = "", what = ""] = line.split(" ");
    if (what === "watched") watched.add(who);
    else if (!line.split(" ").some(isLocal)) told.push(line);
  }
  return { watched, strangers: told };
}

/**
 * Note what a page, its frames and all their workers ask for that does not lie on this machine.
 *
 * @param strangers Where that is noted.
 */
export function watch(page: Page, strangers: string[]): void {
  const hear = (address: string): void => {
    const { hostname, protocol } = new URL(address);
    if (/^(https?|wss?):$/.test(protocol) && !isServed(hostname)) strangers.push(address);
  };
  // Those of service workers are told by the context alone.
  page.context().on("request", (request) => hear(request.url()));
  page.on("websocket", (socket) => hear(socket.url()));
}

/** Whether what a host has is on this machine: VS Code answers itself for what it shows in webviews. */
function isServed(host: string): boolean {
  return isLocal(host) || host.endsWith(".vscode-resource.vscode-cdn.net");
}

function isLocal(host: string): boolean {
  return host === "127.0.0.1" || host === "::1" || host === "localhost";
}
