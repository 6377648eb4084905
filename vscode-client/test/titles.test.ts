import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CodeLens, Command } from "vscode";
import { type Resolve, Titles } from "../src/server/titles";

const URI = "file:///one.plan.py";
const RUN = { title: "▶ Run plan", command: "codeact.runPlan" };
const TOLD = { title: "▶ Run plan (1 of 4 to run)", command: "codeact.runPlan" };
const NODE = { title: "▶ Run", command: "codeact.runNode" };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function titlesOf() {
  const ask = vi.fn();
  return { ask, titles: new Titles(() => RUN, ask, 500) };
}

/** Lenses as a server gives them: that of the plan says nothing yet. */
function lenses(): CodeLens[] {
  return [{}, { command: NODE }] as CodeLens[];
}

function after(milliseconds: number, command?: Command): Resolve {
  return () => new Promise((resolve) => setTimeout(() => { resolve({ command } as CodeLens); }, milliseconds));
}

async function shown(titles: Titles, resolve: Resolve, milliseconds = 0): Promise<(Command | undefined)[]> {
  const whole = titles.whole(URI, lenses(), resolve);
  await vi.advanceTimersByTimeAsync(milliseconds);
  return (await whole).map(({ command }) => command);
}

test("all say what they say from the start, and nobody asks for them anew", async () => {
  const { ask, titles } = titlesOf();
  expect(await shown(titles, after(400, TOLD), 400)).toEqual([TOLD, NODE]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ask).not.toHaveBeenCalled();
});

test("what comes late is for those that are asked for then, and for no others", async () => {
  const { ask, titles } = titlesOf();
  expect(await shown(titles, after(3_000, TOLD), 500)).toEqual([RUN, NODE]);
  await vi.advanceTimersByTimeAsync(2_499);
  expect(ask).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(await shown(titles, after(3_000))).toEqual([TOLD, NODE]);
  expect(await shown(titles, after(3_000), 500)).toEqual([RUN, NODE]);
});

test.each([
  ["an error", () => Promise.reject(new Error("no"))],
  ["no answer", () => Promise.resolve(undefined)],
  ["an answer that says nothing", after(0)],
])("with %s the plan can be run all the same, and nobody asks again", async (_what, resolve) => {
  const { ask, titles } = titlesOf();
  expect(await shown(titles, resolve)).toEqual([RUN, NODE]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ask).not.toHaveBeenCalled();
});
