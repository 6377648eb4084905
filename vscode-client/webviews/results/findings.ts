/** What is known of what came of the nodes; it is asked for when it may be something else by now. */

import type { Failure, RunEvent, RunSummary, Value } from "../../src/views/messages";
import type { States } from "../graph/looks";
import type { Host } from "../shared/host";
import type { Questions } from "./questions";
import { Session } from "./session";

export class Findings {
  /** What the events of runs have told. */
  session = new Session();
  runs: readonly RunSummary[] = [];
  private readonly values = new Map<string, Value | null>();
  private readonly failures = new Map<string, Failure>();
  /** The state of the node whose value was last asked for, at that time. */
  private state: string | undefined;

  /** @param news Is called when more is known. */
  constructor(
    private readonly host: () => Host,
    private readonly questions: Questions,
    private readonly news: () => void,
  ) {}

  valueOf(node: string): Value | null {
    return this.values.get(node) ?? null;
  }

  /** How a node failed, if that is still so. */
  failureOf(node: string, states: States): Failure | undefined {
    return states.of(node)?.error ? this.failures.get(node) : undefined;
  }

  hear(event: RunEvent): void {
    this.session.hear(event);
    if (event.event === "RunFinished") this.askRuns();
  }

  /** Another plan is shown: nothing that is known is about it. */
  forget(): void {
    this.session = new Session();
    this.values.clear();
    this.failures.clear();
    this.runs = [];
    this.questions.forget();
    this.askRuns();
  }

  setValue(node: string, value: Value | null): void {
    this.values.set(node, value);
    if (value !== null) this.session.learn(node, value);
    this.news();
  }

  askValue(node: string, states: States): void {
    this.state = JSON.stringify(states.of(node));
    this.host().post({ type: "value", node });
    this.askFailure(node, states);
  }

  /** Ask again of a node whose state may have changed: an edit moves a failure, and fixes come when they have been run. */
  renew(node: string, states: States): void {
    if (JSON.stringify(states.of(node)) !== this.state) this.askValue(node, states);
    else this.askFailure(node, states);
  }

  private askFailure(node: string, states: States): void {
    if (!states.of(node)?.error) return;
    this.questions.ask("codeact.failure", { node }, ({ result }) => {
      if (result) this.failures.set(node, result as Failure);
      this.news();
    });
  }

  private askRuns(): void {
    this.questions.ask("codeact.history", {}, ({ result }) => {
      if (Array.isArray(result)) this.runs = result as readonly RunSummary[];
      this.news();
    });
  }
}
