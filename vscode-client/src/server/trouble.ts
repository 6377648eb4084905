import type { Health } from "./server";

/** A command that leads out of a trouble. */
export interface Way {
  readonly title: string;
  readonly command: string;
}

/** Why there is no server, for people. */
export interface Trouble {
  /** In two or three words, for a status. */
  readonly short: string;
  /** What is to be known of it, in a sentence. */
  readonly detail: string;
  /** What is asked or told where nobody has seen it yet. */
  readonly message: string;
  /** What the user may do; the first is the nearest. */
  readonly ways: readonly [Way, ...Way[]];
}

export const LOGS: Way = { title: "Show Logs", command: "codeact.showLogs" };
const RESTART: Way = { title: "Restart", command: "codeact.restart" };
const SET_UP: Way = { title: "Set Up", command: "codeact.setUpServer" };
const SETTING: Way = { title: "Open Setting", command: "codeact.openServerPath" };

/** What only the user can mend, with the ways out of it; null if there is no such thing. */
export function trouble(health: Health): Trouble | null {
  if (health.is === "failed") {
    const ways = [RESTART, LOGS] as const;
    const message = `CodeAct: ${health.why}`;
    return { short: "stopped", detail: health.why, message, ways: health.isSet ? [SETTING, ...ways] : ways };
  }
  if (health.is !== "missing") return null;
  const looked = `Looked at: ${health.looked.join("; ")}.`;
  if (health.builder) {
    const message = "CodeAct needs its server, and no Python here has it. Build an environment for it?";
    return { short: "not set up", detail: looked, message, ways: [SET_UP, LOGS] };
  }
  const message = `CodeAct needs Python 3.11 or newer, and none was found. ${looked}`;
  const ways = [{ ...RESTART, title: "Look Again" }, SETTING, LOGS] as const;
  return { short: "no Python", detail: looked, message, ways };
}
