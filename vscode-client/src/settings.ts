import * as vscode from "vscode";
import { SERVER_SETTINGS, USERS_OWN } from "./generated/settings";

export const SECTION = "codeact";

/** A setting of the client's own, which the server does not know. */
export function own<Value>(name: string, otherwise: Value): Value {
  return vscode.workspace.getConfiguration(SECTION).get(name, otherwise);
}

/** Turn a switch round. */
export function toggle(name: string): Promise<void> {
  return change<boolean>(name, (on) => !on);
}

/** Turn round whether results are shown beside the code. */
export function toggleResults(): Promise<void> {
  return change<{ results?: boolean }>("inlayHints", (hints) => ({ ...hints, results: hints?.results === false }));
}

/** Turn round whether a save runs what it affects. */
export function toggleRunOnSave(): Promise<void> {
  return change<string>("runOnSave", (now) => (now === "affected" ? "off" : "affected"));
}

/** Changes, one after the other: each is of what the one before has left. */
let changing: Promise<unknown> = Promise.resolve();

/** Wait until what was changed holds: whoever changes something and then runs a plan means it to go by that. */
export async function changed(): Promise<void> {
  // Who changed something hears of what went wrong.
  await changing.catch(() => undefined);
}

function inTurn(step: () => Promise<void>): Promise<void> {
  const done = changed().then(step);
  changing = done;
  return done;
}

function change<Value>(name: string, to: (now: Value | undefined) => Value): Promise<void> {
  return inTurn(() => set(name, to));
}

/** Set what a setting is to be: in the workspace if that says it already, which goes before; else for the user. */
async function set<Value>(name: string, to: (now: Value | undefined) => Value): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const inWorkspace = settings.inspect(name)?.workspaceValue !== undefined;
  await settings.update(name, to(settings.get(name)), !inWorkspace);
}

/** Whether runs have tapes, which is the user's own word alone. */
export function areTaped(): boolean {
  return own<{ runs?: boolean }>("tape", {}).runs === true;
}

/** Have tapes kept of runs, where they went before or would go. */
export function keepTapes(): Promise<void> {
  return inTurn(async () => {
    const settings = vscode.workspace.getConfiguration(SECTION);
    const said = settings.inspect<object>("tape")?.globalValue;
    await settings.update("tape", { ...said, runs: true }, true);
  });
}

/**
 * What of an answer to `workspace/configuration` is for the server.
 *
 * @param bounds What the workspace itself says of the sandbox. The answer holds that merged with the
 *   user's own word, which the server would take for a workspace that gives itself rights.
 */
export function forServer(answer: unknown, bounds: unknown): unknown {
  if (typeof answer !== "object" || answer === null) return answer;
  const known: ReadonlySet<string> = new Set(SERVER_SETTINGS.filter((name) => !USERS_OWN.includes(name)));
  const told = Object.entries(answer).filter(([name]) => known.has(name));
  return { ...Object.fromEntries(told), ...(bounds !== undefined && { sandbox: bounds }) };
}

/** What the workspace, or a folder of it, says of the sandbox. */
export function bounds(scope: string | undefined): unknown {
  const settings = vscode.workspace.getConfiguration(SECTION, scope ? vscode.Uri.parse(scope) : null);
  const said = settings.inspect("sandbox");
  return said?.workspaceFolderValue ?? said?.workspaceValue;
}

/**
 * The options that begin a session. They are the user's own word: what a workspace says is not in
 * them, since the server lets them, and nothing else, give rights to nodes.
 */
export function initializationOptions(interpreter: string | undefined): object {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const said = USERS_OWN.map((name) => [name, settings.inspect(name)?.globalValue] as const);
  return {
    trusted: vscode.workspace.isTrusted,
    ...(interpreter !== undefined && { interpreter }),
    ...Object.fromEntries(said.filter(([, value]) => value !== undefined)),
  };
}
