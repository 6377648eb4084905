/** The answer of `codeact.debugNode` once the node's process waits for a debugger. */
export interface Waiting {
  readonly event: "Debugging";
  readonly node: string;
  /** The level of the sandbox that the node runs at. */
  readonly level: string;
  readonly host: string;
  readonly port: number;
}

/** What a session of the debugger is started with. */
export interface Attachment {
  readonly type: "codeact";
  readonly request: "attach";
  readonly name: string;
  readonly uri: string;
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly justMyCode: boolean;
  readonly redirectOutput: boolean;
}

/** Whether a node waits for a debugger; if not, its run ended before, and that is shown already. */
export function waits(answer: unknown): answer is Waiting {
  return typeof answer === "object" && answer !== null && "event" in answer && answer.event === "Debugging";
}

/** How to attach to a node of a plan that waits. The level is in the name, which tells what is debugged. */
export function attachment(uri: string, { node, level, host, port }: Waiting): Attachment {
  const name = `${node} (sandbox: ${level})`;
  return { type: "codeact", request: "attach", name, uri, node, host, port, justMyCode: true, redirectOutput: true };
}
