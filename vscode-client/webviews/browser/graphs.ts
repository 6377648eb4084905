/** A page with the graph view, anew for each test. */

import type { Browser, Locator, Page } from "playwright-core";
import { beforeEach } from "vitest";
import { onAPage } from "./page";

/** The page, and what tests of the graph look at. */
export interface Graphs {
  readonly browser: Browser;
  readonly page: Page;
  /** The box of a node. */
  readonly unit: (name: string) => Locator;
  /** Whether a node is selected, as the page says it. */
  readonly pressed: (name: string) => Promise<string | null>;
  /** The node that has the keyboard. */
  readonly focused: () => Promise<string | undefined>;
}

export async function onGraphs(): Promise<Graphs> {
  const { browser, page, url } = await onAPage("graph");
  beforeEach(() => page.goto(url));
  const unit = (name: string) => page.locator(`.unit[data-unit="${name}"]`);
  return {
    browser,
    page,
    unit,
    pressed: (name) => unit(name).getAttribute("aria-pressed"),
    focused: () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset["unit"]),
  };
}
