/** A page with the results view of a plan, anew for each test. */

import type { Locator, Page } from "playwright-core";
import { beforeEach } from "vitest";
import type { RunEvent, ToView } from "../../src/views/messages";
import { onAPage, tell } from "./page";
import { SALES, value } from "./plans";

/** The page, and what tests of the results look at. */
export interface Results {
  readonly page: Page;
  /** Choose a tab. */
  readonly tab: (name: string) => Promise<void>;
  /** What the chosen tab shows. */
  readonly panel: () => Locator;
}

export async function onResults(): Promise<Results> {
  const { page, url } = await onAPage("results");
  beforeEach(async () => {
    await page.goto(url);
    await tell(page, { type: "plan", plan: SALES });
  });
  return {
    page,
    tab: (name) => page.getByRole("tab", { name }).click(),
    panel: () => page.getByRole("tabpanel"),
  };
}

/** What the server says of the value of a node. */
export function answer(more: Parameters<typeof value>[0], node = "orders"): ToView {
  return { type: "value", node, value: value(more) };
}

/** Something that happens in a run. */
export function event(name: string, time: number, more: object = {}): ToView {
  return { type: "event", event: { event: name, run: "r", time, ...more } as RunEvent };
}
