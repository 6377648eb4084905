// Written by generate.py from the server's own tables. Do not edit.

/** A plan that is open in the editor. */
export interface PlanRequest {
  readonly uri: string;
}

/** A node of such a plan; `downstream` adds all that follows from it. */
export interface NodeRequest {
  readonly uri: string;
  readonly node: string;
  readonly downstream?: boolean;
}

/** A node of such a plan; `debugpy` is a folder that holds it, should its Python have none. */
export interface DebugRequest {
  readonly uri: string;
  readonly node: string;
  readonly debugpy?: string | null;
}

/** A plan that is open in the editor, or one node of it. */
export interface ClearRequest {
  readonly uri: string;
  readonly node?: string | null;
}

/** A node that failed, and how many answers are wanted. */
export interface AskRequest {
  readonly uri: string;
  readonly node: string;
  readonly alternatives?: number;
}

/** A plan that is open in the editor, and what it is to do, in words. */
export interface TaskRequest {
  readonly uri: string;
  readonly task: string;
}

/** A plan that is open in the editor, and the name of one of its tapes. */
export interface TapeRequest {
  readonly uri: string;
  readonly tape: string;
}

/** A plan that is open in the editor, and a right as `Needs` writes it. */
export interface GrantRequest {
  readonly uri: string;
  readonly right: string;
}

/** Each command of the server, with the one argument that it takes. */
export interface Requests {
  readonly "codeact.runPlan": PlanRequest;
  readonly "codeact.runNode": NodeRequest;
  readonly "codeact.runStale": PlanRequest;
  readonly "codeact.debugNode": DebugRequest;
  readonly "codeact.clear": ClearRequest;
  readonly "codeact.cancel": PlanRequest;
  readonly "codeact.fixAll": PlanRequest;
  readonly "codeact.askModel": AskRequest;
  readonly "codeact.plan": TaskRequest;
  readonly "codeact.agent": TaskRequest;
  readonly "codeact.graph": PlanRequest;
  readonly "codeact.states": PlanRequest;
  readonly "codeact.coverage": PlanRequest;
  readonly "codeact.value": NodeRequest;
  readonly "codeact.failure": NodeRequest;
  readonly "codeact.history": PlanRequest;
  readonly "codeact.tapes": PlanRequest;
  readonly "codeact.tape": TapeRequest;
  readonly "codeact.grant": GrantRequest;
}

/** The parts of each one's argument. */
export const TAKES: { readonly [Name in keyof Requests]: readonly string[] } = {
  "codeact.runPlan": ["uri"],
  "codeact.runNode": ["uri", "node", "downstream"],
  "codeact.runStale": ["uri"],
  "codeact.debugNode": ["uri", "node", "debugpy"],
  "codeact.clear": ["uri", "node"],
  "codeact.cancel": ["uri"],
  "codeact.fixAll": ["uri"],
  "codeact.askModel": ["uri", "node", "alternatives"],
  "codeact.plan": ["uri", "task"],
  "codeact.agent": ["uri", "task"],
  "codeact.graph": ["uri"],
  "codeact.states": ["uri"],
  "codeact.coverage": ["uri"],
  "codeact.value": ["uri", "node", "downstream"],
  "codeact.failure": ["uri", "node", "downstream"],
  "codeact.history": ["uri"],
  "codeact.tapes": ["uri"],
  "codeact.tape": ["uri", "tape"],
  "codeact.grant": ["uri", "right"],
};

/** Those that it cannot do without. */
export const NEEDS: { readonly [Name in keyof Requests]: readonly string[] } = {
  "codeact.runPlan": ["uri"],
  "codeact.runNode": ["uri", "node"],
  "codeact.runStale": ["uri"],
  "codeact.debugNode": ["uri", "node"],
  "codeact.clear": ["uri"],
  "codeact.cancel": ["uri"],
  "codeact.fixAll": ["uri"],
  "codeact.askModel": ["uri", "node"],
  "codeact.plan": ["uri", "task"],
  "codeact.agent": ["uri", "task"],
  "codeact.graph": ["uri"],
  "codeact.states": ["uri"],
  "codeact.coverage": ["uri"],
  "codeact.value": ["uri", "node"],
  "codeact.failure": ["uri", "node"],
  "codeact.history": ["uri"],
  "codeact.tapes": ["uri"],
  "codeact.tape": ["uri", "tape"],
  "codeact.grant": ["uri", "right"],
};
