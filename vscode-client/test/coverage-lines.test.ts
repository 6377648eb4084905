import { expect, test } from "vitest";
import { merged } from "../src/coverage-lines";

test("what ran for one node ran, though others missed it", () => {
  const nodes = [
    { node: "one", ran: [[1, 2]], missed: [[3, 4]] },
    { node: "other", ran: [[3, 3]], missed: [[1, 1]] },
  ] as const;
  expect(merged(nodes)).toEqual({ ran: [[1, 3]], missed: [[4, 4]] });
});

test("lines in a row are one range, whatever node they are of", () => {
  const nodes = [
    { node: "one", ran: [[7, 7], [2, 3]], missed: [] },
    { node: "other", ran: [[4, 5]], missed: [[9, 9]] },
  ] as const; // prettier-ignore
  expect(merged(nodes)).toEqual({ ran: [[2, 5], [7, 7]], missed: [[9, 9]] }); // prettier-ignore
});

test("of nothing there is nothing", () => {
  expect(merged([])).toEqual({ ran: [], missed: [] });
});
