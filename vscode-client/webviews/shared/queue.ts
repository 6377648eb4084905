/** The nodes of a run that have not begun: what the server's states cannot tell. */

import type { RunEvent } from "../../src/views/messages";

export class Queue {
  private readonly names = new Set<string>();

  get waiting(): ReadonlySet<string> {
    return this.names;
  }

  /** Another plan is looked at: of its run nothing is known. */
  forget(): void {
    this.names.clear();
  }

  /** Take in an event; whether that changed what is queued, or the run is over. */
  hear(event: RunEvent): boolean {
    if (event.event === "RunStarted") {
      this.names.clear();
      for (const name of textsOf(event["nodes"])) this.names.add(name);
      return true;
    }
    if (event.event === "RunFinished") {
      this.names.clear();
      return true;
    }
    return event.event !== "NodeOutput" && this.names.delete(String(event.node));
  }
}

/** The texts of a list, of whatever was sent as one. */
export function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}
