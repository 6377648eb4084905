import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Throttle, Throttles } from "../src/plans/throttle";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("many requests are one deed", async () => {
  const deed = vi.fn(() => Promise.resolve());
  const throttle = new Throttle(100, deed);
  for (let count = 0; count < 5; count++) throttle.request();
  await vi.advanceTimersByTimeAsync(99);
  expect(deed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(deed).toHaveBeenCalledTimes(1);
});

test("what is asked for while it is at it is done afterwards, once", async () => {
  let finish = (): void => undefined;
  const deed = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const throttle = new Throttle(100, deed);
  throttle.request();
  await vi.advanceTimersByTimeAsync(100);
  throttle.request();
  throttle.request();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(deed).toHaveBeenCalledTimes(1);
  finish();
  await vi.advanceTimersByTimeAsync(100);
  expect(deed).toHaveBeenCalledTimes(2);
});

test("nothing is done any more once it is disposed of", async () => {
  const deed = vi.fn(() => Promise.resolve());
  const throttle = new Throttle(100, deed);
  throttle.request();
  throttle.dispose();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(deed).not.toHaveBeenCalled();
});

test("each of several things is done apart from the others, and what is forgotten is not", async () => {
  const deed = vi.fn((_key: string) => Promise.resolve());
  const throttles = new Throttles(100, deed);
  for (const key of ["a", "b", "a"]) throttles.request(key);
  throttles.forget("b");
  await vi.advanceTimersByTimeAsync(100);
  expect(deed.mock.calls).toEqual([["a"]]);
  for (const key of ["a", "b"]) throttles.request(key);
  throttles.dispose();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(deed).toHaveBeenCalledTimes(1);
});
