/** What the view was told of a plan, and of the run that is under way. */

import type { RunEvent, Shown } from "../../src/views/messages";
import { Queue } from "../shared/queue";
import { States, statesOf } from "./looks";
import { Model } from "./model";

/** What another plan, or the same one after an edit, means for what is drawn. */
export interface Change {
  readonly isOther: boolean;
  /** Whether it has the same nodes and edges as before. */
  readonly isSameShape: boolean;
}

export class Told {
  plan: Shown | null = null;
  model = new Model({ nodes: [], edges: [] });
  states = new States({ states: [] });
  private readonly queue = new Queue();
  private shape = "";

  take(plan: Shown | null): Change {
    const isOther = plan?.uri !== this.plan?.uri;
    if (isOther) this.queue.forget();
    const graph = plan?.graph ?? { nodes: [], edges: [] };
    // Places in the text change with each keystroke, and nothing of the drawing with them.
    const shape = JSON.stringify([graph.nodes.map(({ name }) => name), graph.edges]);
    const isSameShape = shape === this.shape;
    [this.plan, this.shape] = [plan, shape];
    this.model = new Model(graph);
    this.states = statesOf(plan, this.queue.waiting);
    return { isOther, isSameShape };
  }

  /** Whether there is something to be seen of an event. */
  hear(event: RunEvent): boolean {
    if (!this.queue.hear(event) || this.plan === null) return false;
    this.states = statesOf(this.plan, this.queue.waiting);
    return true;
  }
}
