import type { Locator } from "playwright-core";

/** Milliseconds: far more than anything takes, so that a busy machine fails no journey. */
export const PATIENCE = 90_000;

const SOON = 5_000;

/**
 * Take a step again and again, until it has led to what is wanted.
 *
 * @param step Says whether it has.
 * @param lacking Says what is wrong where it never does.
 * @throws Error with that, once it is of no use to go on.
 */
export async function until(step: () => Promise<boolean>, lacking: () => string, patience = PATIENCE): Promise<void> {
  const end = performance.now() + patience;
  while (!(await step())) {
    if (performance.now() > end) throw new Error(lacking());
  }
}

/** Whether something can be seen soon. */
export function appears(wanted: Locator): Promise<boolean> {
  return succeeds(wanted.waitFor({ timeout: SOON }));
}

/** Type into something; false if it does not stay there for that. */
export function takes(input: Locator, text: string): Promise<boolean> {
  return succeeds(input.fill(text, { timeout: SOON }));
}

/** Whether something comes to a good end. */
export function succeeds(step: Promise<unknown>): Promise<boolean> {
  return step.then(
    () => true,
    () => false,
  );
}
