import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unlinked } from "../src/unlinked";

test("nothing in a notification is a link of others", () => {
  expect(unlinked("[Fix it](command:workbench.action.terminal.new)")).toBe("[Fix it] (command:workbench.action.terminal.new)");
  expect(unlinked("values[0](1)](https://x")).not.toContain("](");
  expect(unlinked("plain")).toBe("plain");
});

test("all notifications go that way", () => {
  const folder = join(__dirname, "../src");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const direct = sources.filter((name) => /\.show(Information|Warning|Error)Message/.test(readFileSync(join(folder, name), "utf8")));
  expect(direct).toEqual(["notifications.ts"]);
});
