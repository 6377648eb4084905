import { homedir } from "node:os";
import { basename, join } from "node:path";

/** A Python that may have the server installed, and why it is looked at. */
export interface Python {
  readonly path: string;
  readonly why: string;
}

/** What a Python says of itself. */
export interface Probe {
  /** Its version, as `[3, 12]`. */
  readonly python: readonly number[];
  /** The version of `codeact-lsp` in it, or null. */
  readonly server: string | null;
}

/** A server that can be started. */
export interface Found {
  readonly command: string;
  readonly args: readonly string[];
  /** Why this one: a clause for people, as in "the setting codeact.server.path". */
  readonly why: string;
  /** Whether it is the setting that says so: then nothing else was looked at. */
  readonly isSet: boolean;
}

/** No server was found. */
export interface Missing {
  /** What was looked at, with what was found there, a line each. */
  readonly looked: readonly string[];
  /** A Python that is new enough to build an environment with, if there is one. */
  readonly builder: string | null;
}

/** Where to look. */
export interface Places {
  /** The setting `codeact.server.path`; empty if it is not set. */
  readonly configured: string;
  /** The Pythons of the user, the chosen one first. */
  readonly pythons: readonly Python[];
  /** The Python of the environment that was built for the server, or null. */
  readonly own: string | null;
  /** Ask a Python about itself; null if it does not work. */
  probe(path: string): Promise<Probe | null>;
}

/** The oldest Python that the server runs in. */
const OLDEST = [3, 11] as const;

/** Find the server: where the setting says, in the user's Python, or in its own environment. */
export async function findServer(places: Places): Promise<Found | Missing> {
  if (places.configured) return configured(places.configured);
  const looked: string[] = [];
  let builder: string | null = null;
  const own = places.own ? [{ path: places.own, why: "the environment that was built for it" }] : [];
  for (const python of [...places.pythons, ...own]) {
    const probe = await places.probe(python.path);
    if (probe?.server && isNewEnough(probe)) return inPython(python, probe.server);
    if (probe && isNewEnough(probe)) builder ??= python.path;
    looked.push(`${python.path} (${python.why}): ${described(probe)}`);
  }
  return { looked, builder };
}

/** Whether something was found. */
export function isFound(result: Found | Missing): result is Found {
  return "command" in result;
}

function configured(said: string): Found {
  const path = said.startsWith("~/") ? join(homedir(), said.slice(2)) : said;
  const how = { why: "the setting codeact.server.path", isSet: true };
  // A Python starts the module; anything else is taken for the command `codeact`.
  return /^python[\d.]*(\.exe)?$/i.test(basename(path))
    ? { command: path, args: ["-m", "codeact_lsp", "serve"], ...how }
    : { command: path, args: ["serve"], ...how };
}

function inPython(python: Python, version: string): Found {
  const why = `codeact-lsp ${version} in ${python.why}`;
  return { command: python.path, args: ["-m", "codeact_lsp", "serve"], why, isSet: false };
}

function isNewEnough(probe: Probe): boolean {
  const [major = 0, minor = 0] = probe.python;
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function described(probe: Probe | null): string {
  if (!probe) return "it does not work";
  const version = probe.python.join(".");
  return isNewEnough(probe) ? `Python ${version} without codeact-lsp` : `Python ${version} is too old`;
}
