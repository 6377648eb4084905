/** What was asked of the server, each with who waits for the answer. */

import type { Host } from "../shared/host";

export interface Answer {
  readonly result?: unknown;
  /** Why there is none. */
  readonly error?: string;
}

export class Questions {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private asked = 0;

  constructor(private readonly host: () => Host) {}

  ask(command: string, argument: object, then: (answer: Answer) => void): void {
    this.asked += 1;
    this.waiting.set(this.asked, then);
    this.host().post({ type: "ask", id: this.asked, command, argument });
  }

  hear(id: number, answer: Answer): void {
    const then = this.waiting.get(id);
    this.waiting.delete(id);
    then?.(answer);
  }

  /** Nobody waits any more: what was asked was about another plan. */
  forget(): void {
    this.waiting.clear();
  }
}
