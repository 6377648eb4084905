/** The chain of nodes that decides how long a run takes, however many workers there are. */

import { type Model, orders } from "./model";

/** The longest chain by the seconds of its nodes; empty where no time is known. */
export function criticalPath(model: Model, seconds: (name: string) => number | null): string[] {
  const ends = new Map<string, number>();
  const before = new Map<string, string>();
  let last: string | undefined;
  for (const name of model.order()) {
    let [start, latest] = [0, undefined as string | undefined];
    for (const { from } of model.needs(name).filter(orders)) {
      const end = ends.get(from) ?? 0;
      if (end > start) [start, latest] = [end, from];
    }
    ends.set(name, start + (seconds(name) ?? 0));
    if (latest !== undefined) before.set(name, latest);
    if ((ends.get(name) ?? 0) > (last === undefined ? 0 : (ends.get(last) ?? 0))) last = name;
  }
  const path: string[] = [];
  for (let at = last; at !== undefined; at = before.get(at)) path.unshift(at);
  return path;
}
