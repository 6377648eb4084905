import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";
import { PATIENCE } from "./until";

const PACE = 5_000; // Milliseconds.
/** Milliseconds; a little less than a test may take, which is then left without its logs being kept. */
const LONGEST = 840_000;

/**
 * Do something with a page for as long as that is drawn. Much of what is asked of one that is not, such as
 * to look at something in it, never ends, not even with an error.
 *
 * @throws Error once the page has drawn nothing for so many milliseconds, or it all has taken too long.
 */
export async function whileDrawn<Result>(
  page: Page,
  go: () => Promise<Result>,
  { patience = PATIENCE, pace = PACE, longest = LONGEST } = {},
): Promise<Result> {
  const over = new AbortController();
  try {
    const late = pause(longest, over.signal).then(() => {
      throw new Error(`That has not ended within ${String(longest / 1_000)} s.`);
    });
    return await Promise.race([go(), standstill(page, patience, pace, over.signal), late]);
  } finally {
    over.abort();
  }
}

async function standstill(page: Page, patience: number, pace: number, signal: AbortSignal): Promise<never> {
  // What is counted is the waits, and not the time: this process may have been busy itself.
  for (let waits = 0; ; waits = 0) {
    const drawn = draws(page).then(() => true);
    while (!(await Promise.race([drawn, pause(pace, signal)]))) {
      waits += 1;
      if (waits * pace >= patience) throw new Error(`The browser has drawn nothing for ${String(patience / 1_000)} s.`);
    }
    await pause(pace, signal);
  }
}

/** Wait until a page draws. One that goes elsewhere just then is no standstill. */
async function draws(page: Page): Promise<void> {
  const next = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  await page.evaluate(next).catch(() => undefined);
}

/** A wait that never ends once nobody waits for it any more, and keeps no process up. */
function pause(milliseconds: number, signal: AbortSignal): Promise<false> {
  return setTimeout(milliseconds, false as const, { signal }).catch(() => new Promise(() => undefined));
}
