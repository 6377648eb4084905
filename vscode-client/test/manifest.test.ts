import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NEEDS } from "../src/generated/commands";
import { SERVER_SETTINGS } from "../src/generated/settings";

const ROOT = join(import.meta.dirname, "..", "..");

interface Manifest {
  readonly version: string;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly menus: Readonly<Record<string, readonly { command?: string; when?: string }[]>>;
    readonly keybindings: readonly { command: string; key: string; when: string }[];
    readonly configuration: readonly { properties: Readonly<Record<string, unknown>> }[];
    readonly walkthroughs: readonly {
      steps: readonly { description: string; media: { svg: string }; completionEvents: readonly string[] }[];
    }[];
  };
}

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;
const { commands, menus, keybindings, configuration, walkthroughs } = manifest.contributes;
const names = commands.map(({ command }) => command);

/** All TypeScript of the extension, as one text. */
const source = readdirSync(join(ROOT, "vscode-client", "src"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readFileSync(join(ROOT, "vscode-client", "src", path), "utf8"))
  .join("\n");

test("the version is the server's", () => {
  const version = /^version = "(.*)"$/m.exec(readFileSync(join(ROOT, "pyproject.toml"), "utf8"))?.[1];
  expect(manifest.version).toBe(version);
});

test("every command of the server is contributed, under CodeAct", () => {
  expect(Object.keys(NEEDS).filter((name) => !names.includes(name))).toEqual([]);
  expect(commands.filter(({ category }) => category !== "CodeAct")).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test("every command that is contributed is registered", () => {
  const ofServer = new Set(Object.keys(NEEDS));
  expect(names.filter((name) => !ofServer.has(name) && !source.includes(`"${name}"`))).toEqual([]);
});

test("menus and keys name commands that there are", () => {
  const used = [...Object.values(menus).flat(), ...keybindings].flatMap(({ command }) => command ?? []);
  expect(used.filter((name) => !names.includes(name))).toEqual([]);
});

test("what runs something is not offered in Restricted Mode", () => {
  // A key offers nothing; where it does not run what it stands for, the command says why.
  const offers = [...menus["commandPalette"] ?? [], ...menus["editor/title"] ?? []];
  const runs = offers.filter(({ command }) => /run(Plan|Node|Stale|Downstream)$/.test(command ?? ""));
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.filter(({ when }) => !when?.includes("isWorkspaceTrusted"))).toEqual([]);
});

test("the palette offers beside a view of a plan what it offers in the plan", () => {
  const ofPlans = (menus["commandPalette"] ?? []).filter(({ when }) => when?.includes("codeact.isPlan"));
  expect(ofPlans.length).toBeGreaterThan(0);
  for (const { when } of ofPlans) expect(when).toMatch(/codeact\.isPlan \|\| activeWebviewPanelId =~/);
});

test("keys hold in plans alone, and leave the find widget its own", () => {
  for (const { when } of keybindings) {
    expect(when).toContain("codeact.isPlan");
    expect(when).toContain("!findWidgetVisible");
  }
});

test("every setting of the server can be set", () => {
  const known = configuration.flatMap(({ properties }) => Object.keys(properties));
  expect(SERVER_SETTINGS.filter((name) => !known.includes(`codeact.${name}`))).toEqual([]);
});

test("the walkthrough has four steps, each with a picture, a button and an end", () => {
  const [walkthrough] = walkthroughs;
  expect(walkthrough?.steps).toHaveLength(4);
  for (const { description, media, completionEvents } of walkthrough?.steps ?? []) {
    expect(existsSync(join(ROOT, media.svg))).toBe(true);
    // A command of VS Code's own may want a text editor that has the focus, and the walkthrough has it.
    const button = /\(command:(?:toSide:)?([\w.]+)\)/.exec(description)?.[1];
    expect(names).toContain(button);
    expect(completionEvents).not.toEqual([]);
  }
  expect(existsSync(join(ROOT, manifest.icon))).toBe(true);
});
