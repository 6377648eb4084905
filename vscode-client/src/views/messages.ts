/**
 * What the extension and its webviews say to each other, and nothing else goes back or forth.
 *
 * All of it is plain data. Text that comes from a plan is text: a view never puts it into HTML.
 */

/** A position of the Language Server Protocol: 0-based, in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A range of the Language Server Protocol. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** How one node needs another. */
export type EdgeKind = "data" | "control" | "temporal" | "resource";

/** A node of a plan, as `codeact graph --format json` writes it. */
export interface GraphNode {
  readonly name: string;
  readonly range: Range;
  readonly inputs: readonly string[];
  readonly returns: string | null;
  readonly summary: string;
  readonly async: boolean;
}

/** An edge of a plan: `to` needs `from`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
}

/** A plan as a graph. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** What became of a node. A node without a state has not run as its code stands now. */
export type Status = "running" | "done" | "reused" | "failed" | "blocked";

/** What is known of a node as its code stands now: an item of the answer of `codeact.states`. */
export interface NodeState {
  readonly node: string;
  readonly status: Status;
  /** All of it on one line, as the lens shows it: `✓ 12 ms · DataFrame 1,204×6`. */
  readonly line: string;
  /** Seconds that it took; null where that is not known. */
  readonly wall: number | null;
  /** The value in short; empty where there is none. */
  readonly value: string;
  /** The failure in one line; empty where there is none. */
  readonly error: string;
  /** Where it failed, in the text as it is now. */
  readonly range: Range | null;
  /** The failed nodes that hold a blocked one back. */
  readonly by: readonly string[];
  /** Its peak memory in bytes, where that is known. */
  readonly memory?: number | null;
}

/** The answer of `codeact.value`: a node's value as it stands now. */
export interface Value {
  readonly type: string;
  readonly size: string;
  readonly preview: string;
  readonly digest: string;
  readonly bytes: number;
  readonly wall: number | null;
  readonly cpu: number | null;
  readonly memory: number | null;
  /** A table as HTML that the worker made: it is untrusted, and is to be parsed, not put in. */
  readonly html: string;
  /** A figure as PNG in base64; empty where there is none. */
  readonly png: string;
  /** A table or a tree as JSON text that the worker made: it is untrusted; empty if there is none. */
  readonly data?: string;
}

/** The answer of `codeact.failure`: how a node failed, in the text as it is now. */
export interface Failure {
  readonly headline: string;
  readonly notes: readonly string[];
  /** The expression that failed. */
  readonly range: Range;
  /** The line that it begins on. */
  readonly line: string;
  /** What was seen there. */
  readonly values: readonly { readonly text: string; readonly value: string }[];
  /** What else has to do with it, the origins of bad values first. */
  readonly places: readonly FailurePlace[];
  /** What mends it and was run, by title. */
  readonly fixes: readonly string[];
  /** Whether more such fixes are looked for. */
  readonly searching: boolean;
}

/** A place that has to do with a failure. */
export interface FailurePlace {
  readonly message: string;
  /** The node that it is in; null if it is in none. */
  readonly node: string | null;
  readonly range: Range;
}

/** A call of a node in a remembered run; null is what nobody knows. */
export interface CallSummary {
  readonly node: string;
  /** "ran", or the category of the error that it ended with. */
  readonly outcome: string;
  readonly why: string;
  readonly wall: number;
  readonly memory: number | null;
  readonly bytes: number;
  readonly error: string;
  /** Where it failed, as in `16:41`. */
  readonly place: string;
  /** When it ended, in seconds since 1970. */
  readonly at: number;
}

/** A remembered run: an item of the answer of `codeact.history`. */
export interface RunSummary {
  readonly run: string;
  /** When it ended, in seconds since 1970. */
  readonly at: number;
  readonly status: string;
  readonly mode: string;
  readonly workers: number;
  readonly seconds: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly nodes: readonly CallSummary[];
}

/** A tape of the plan: an item of the answer of `codeact.tapes`. */
export interface TapeSummary {
  readonly tape: string;
  /** When it begins, in seconds since 1970. */
  readonly at: number;
  readonly command: string;
  readonly task: string;
  /** How it ended; null where it has no end. */
  readonly status: string | null;
  /** What it proves, in a sentence. */
  readonly verdict: string;
}

/** A step of a tape, with all that it holds; see docs/tape.md. */
export interface Step {
  /** Its number, from 0. */
  readonly step: number;
  /** When it was, in seconds since 1970. */
  readonly at: number;
  /** What it tells, in a line. */
  readonly said: string;
  /** Its kind: an event of a run, or of what is around it. */
  readonly event: string;
  readonly [name: string]: unknown;
}

/** The answer of `codeact.tape`. */
export interface Tape {
  readonly verdict: string;
  readonly steps: readonly Step[];
}

/** What was known of the nodes at a step of a tape. */
export interface Past {
  /** Which step it is, in words. */
  readonly about: string;
  readonly states: readonly NodeState[];
  /** The nodes that waited for their turn. */
  readonly queued: readonly string[];
}

/** One event of a run, as `codeact run --json` prints it; see docs/commands.md. */
export interface RunEvent {
  readonly event: string;
  readonly run?: string;
  readonly time?: number;
  readonly node?: string;
  readonly [name: string]: unknown;
}

/** The plan that a view shows. */
export interface Shown {
  readonly uri: string;
  /** The file's name, for titles. */
  readonly name: string;
  readonly graph: Graph;
  readonly states: readonly NodeState[];
  readonly running: boolean;
  /** The nodes that edits and new inputs have affected since they ran. */
  readonly stale?: readonly string[];
  /** Seconds that nodes took when they last ran, whatever their code was then. */
  readonly durations?: Readonly<Record<string, number>>;
  /** False in Restricted Mode, and where no node may run here: then nothing is offered to run. */
  readonly mayRun: boolean;
  /** Whether the user has tapes kept of runs. */
  readonly taped?: boolean;
  /** The moment of a tape that is looked at: it is shown in place of the present. */
  readonly past?: Past | null;
}

/** What the extension tells a view. */
export type ToView =
  /** The plan, whole: first, and whenever its text or the state of a node changed. */
  | { readonly type: "plan"; readonly plan: Shown | null }
  /** An event of the plan's run, as it happens. */
  | { readonly type: "event"; readonly event: RunEvent }
  /** The node under the caret, or null. */
  | { readonly type: "caret"; readonly node: string | null }
  /** The answer to `value`; null where the node has no value. */
  | { readonly type: "value"; readonly node: string; readonly value: Value | null }
  /** The answer to `ask`; `error` says why there is none. */
  | { readonly type: "answer"; readonly id: number; readonly result?: unknown; readonly error?: string };

/** What a view tells the extension. */
export type FromView =
  /** It has loaded, and can be told things. */
  | { readonly type: "ready" }
  /** Show the node in the text; `focus` moves the keyboard there. */
  | { readonly type: "reveal"; readonly node: string; readonly focus: boolean }
  /** Show a place in the text; `fixes` opens the menu of what mends it there. */
  | { readonly type: "place"; readonly range: Range; readonly fixes: boolean }
  /** Give the keyboard back to the text, where the caret is. */
  | { readonly type: "back" }
  | { readonly type: "run"; readonly node: string; readonly downstream: boolean }
  | { readonly type: "runPlan" }
  | { readonly type: "cancel" }
  /** Ask for a value. */
  | { readonly type: "value"; readonly node: string }
  /** Ask the server by one of the commands in `ASKABLE`; the plan's `uri` is added. */
  | { readonly type: "ask"; readonly id: number; readonly command: string; readonly argument?: object }
  /** Open the results view at a node. */
  | { readonly type: "results"; readonly node: string }
  /** Stay with this plan, whatever editor is active; or follow again. */
  | { readonly type: "pin"; readonly pinned: boolean }
  /** Show the nodes as they were at a moment of a tape; null is as they are now. */
  | { readonly type: "past"; readonly past: Past | null }
  /** Have tapes kept of runs from now on. */
  | { readonly type: "keepTapes" }
  /** Offer to save a picture: an SVG as text, or a PNG in base64. */
  | { readonly type: "save"; readonly format: "svg" | "png"; readonly content: string };

/** The commands of the server that a view may ask by: they read, and run nothing. */
export const ASKABLE: ReadonlySet<string> = new Set([
  "codeact.value",
  "codeact.states",
  "codeact.failure",
  "codeact.history",
  "codeact.tapes",
  "codeact.tape",
]);
