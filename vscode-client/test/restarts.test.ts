import { expect, test } from "vitest";
import { Restarts } from "../src/server/restarts";

test("each crash is waited for longer, until it is left alone", () => {
  const restarts = new Restarts([1, 2, 4], 1_000);
  expect([0, 1, 2, 3].map((now) => restarts.crashed(now))).toEqual([1, 2, 4, null]);
});

test("crashes of long ago do not count", () => {
  const restarts = new Restarts([1, 2], 1_000);
  expect([0, 10, 1_005, 2_100].map((now) => restarts.crashed(now))).toEqual([1, 2, 2, 1]);
});

test("who asks for a start gets all of them again", () => {
  const restarts = new Restarts([1], 1_000);
  restarts.crashed(0);
  restarts.reset();
  expect(restarts.crashed(1)).toBe(1);
});
