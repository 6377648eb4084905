// Written by generate.py from the server's own tables. Do not edit.

/** The server's settings, as the section `codeact` holds them. */
export interface ServerSettings {
  /** The Python that runs nodes; null finds the workspace's. */
  readonly interpreter: string | null;
  /** Seconds for each node that sets no limit of its own; 0 sets none. */
  readonly timeout: number;
  /** How many nodes may run at once. */
  readonly workers: number;
  /** Whether that many do: as many as can, one, or as many as make a run faster. */
  readonly mode: "sequential" | "parallel" | "adaptive";
  /** Units of the counted resources that nodes claim. */
  readonly resources: Readonly<Record<string, number>>;
  /** How much each kind of problem weighs; null switches it off. */
  readonly problems: object | null;
  /** Which modules plans may import. */
  readonly safety: object | null;
  /** Whether calls are pointed out that deserve a look. */
  readonly advice: boolean;
  /** What nodes may do, as far as the client has a say in that. */
  readonly sandbox: object | null;
  /** Globs, relative to the folder, of the files that are plans besides `*.plan.py`. */
  readonly plans: readonly string[];
  /** Address of the page that describes the problems, a heading each. */
  readonly documentation: string;
  /** What is shown in the text, beside the code. */
  readonly inlayHints: { readonly results: boolean; readonly inputs: boolean };
  /** How many bytes results may take; null leaves it to the environment. */
  readonly cache: object | null;
  /** Whether it is shown how a plan could run faster. */
  readonly hints: boolean;
  /** What a save runs: nothing, or what edits and new inputs affected. */
  readonly runOnSave: "off" | "affected";
  /** Whether it is recorded, and shown, which lines ran and which did not. */
  readonly coverage: boolean;
  /** The language model that may be asked for repairs; null leaves it to the environment. */
  readonly model: string | null;
  /** Where that is served, if not by its provider. */
  readonly modelBaseUrl: string | null;
  /** What its answers may take. */
  readonly modelLimits: { readonly tokens: number; readonly money: number; readonly calls: number; readonly prompt: number; readonly seconds: number };
  /** Whether values may be sent to it, and not only what they are like. */
  readonly modelSamples: boolean;
  /** Whether it is asked by itself where nothing else mends a failure. */
  readonly modelReflection: boolean;
  /** Whether tapes of runs are kept, where tapes go, and how many of them stay. */
  readonly tape: { readonly runs: boolean; readonly folder: string; readonly keep: number };
}

export const SERVER_SETTINGS: readonly (keyof ServerSettings)[] = ["interpreter", "timeout", "workers", "mode", "resources", "problems", "safety", "advice", "sandbox", "plans", "documentation", "inlayHints", "cache", "hints", "runOnSave", "coverage", "model", "modelBaseUrl", "modelLimits", "modelSamples", "modelReflection", "tape"];

/** Those that count only as the user's own word, which is what begins a session. */
export const USERS_OWN: readonly (keyof ServerSettings)[] = ["interpreter", "sandbox", "model", "modelBaseUrl", "modelLimits", "modelSamples", "modelReflection", "tape"];
