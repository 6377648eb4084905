import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Lenses } from "../src/server/lenses";

const [ONE, OTHER] = ["file:///one.plan.py", "file:///other.plan.py"];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function lensesOf(...shown: string[]) {
  const ask = vi.fn();
  return { ask, lenses: new Lenses(() => shown, ask, 1_000) };
}

test("where the editor has asked for all lenses that can be seen, it is told once", () => {
  const { ask, lenses } = lensesOf(ONE, OTHER);
  lenses.refresh();
  lenses.asked(ONE);
  lenses.asked(OTHER);
  vi.advanceTimersByTime(10_000);
  expect(ask).toHaveBeenCalledTimes(1);
});

test("where it has given up those of one plan it is told again, and no more than that", () => {
  const { ask, lenses } = lensesOf(ONE, OTHER);
  lenses.refresh();
  lenses.asked(OTHER);
  vi.advanceTimersByTime(10_000);
  expect(ask).toHaveBeenCalledTimes(2);
});

test("while they go on changing each change tells it, and after the last it is looked whether it has asked", () => {
  const { ask, lenses } = lensesOf(ONE);
  lenses.refresh();
  lenses.asked(ONE);
  vi.advanceTimersByTime(900);
  lenses.refresh();
  vi.advanceTimersByTime(999);
  expect(ask).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1);
  expect(ask).toHaveBeenCalledTimes(3);
});

test("for a plan that is not seen any more nothing is asked", () => {
  const shown = [ONE];
  const ask = vi.fn();
  const lenses = new Lenses(() => shown, ask, 1_000);
  lenses.refresh();
  shown.pop();
  vi.advanceTimersByTime(10_000);
  expect(ask).toHaveBeenCalledTimes(1);
});
