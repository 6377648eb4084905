import { expect, test } from "vitest";
import { attachment, waits } from "../src/debugging-answers";

const WAITING = { event: "Debugging", node: "total", level: "strict", host: "127.0.0.1", port: 4711 } as const;

test("a node that waits is attached to where it waits, and its level is seen", () => {
  expect(waits(WAITING)).toBe(true);
  expect(attachment("file:///a.plan.py", WAITING)).toMatchObject({
    type: "codeact",
    request: "attach",
    name: "total (sandbox: strict)",
    uri: "file:///a.plan.py",
    node: "total",
    host: "127.0.0.1",
    port: 4711,
  });
});

test("nothing is attached to a run that has ended before, or was not begun", () => {
  const ended = [{ event: "RunFinished", status: "failed" }, { event: "RunFinished", status: "refused" }, undefined, null];
  expect(ended.filter(waits)).toEqual([]);
});
