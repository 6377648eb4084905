/** What there is to tell of a step of a tape, beyond the line that names it. */

import type { Step } from "../../src/views/messages";
import { grouped, saidSize, saidTime } from "../shared/format";
import { textsOf } from "../shared/queue";
import { diff, type DiffLine } from "./compare";
import { type Fields, fieldsOf, headline, numberIn, textBefore, textIn } from "./moment";

/** Something that a step holds: a text, or what is different between two of them. */
export type Block =
  | { readonly title: string; readonly text: string }
  | { readonly title: string; readonly diff: readonly DiffLine[] };

export interface Detail {
  readonly facts: readonly (readonly [what: string, text: string])[];
  readonly blocks: readonly Block[];
}

/** All that a step tells; what it lacks is left out. */
export function detailOf(steps: readonly Step[], place: number): Detail {
  const step = steps[place];
  if (step === undefined) return { facts: [], blocks: [] };
  const source = textBefore(steps, place);
  const told = TELLERS[step.event]?.(step, source) ?? {};
  const isThere = (text: string): boolean => text !== "";
  return {
    facts: (told.facts ?? []).filter(([, text]) => isThere(text)),
    blocks: (told.blocks ?? []).filter((block) => ("text" in block ? isThere(block.text) : block.diff.length > 0)),
  };
}

type Teller = (step: Step, source: string) => Partial<Detail>;

const TELLERS: Readonly<Record<string, Teller>> = {
  Begun: (step) => ({
    facts: [
      ["Command", `codeact ${textIn(step, "command")}`],
      ["Task", textIn(step, "task")],
      ["Plan", textIn(step, "file")],
      ["Model", textIn(step, "model")],
      ["At most", pairs(step["bounds"])],
      ["Options", textsOf(step["options"]).join(" ")],
      ["Version", textIn(step, "program")],
    ],
  }),
  Revised: (step, source) => ({
    facts: [
      ["By", textIn(step, "by")],
      ["What", textIn(step, "title")],
      ["Node", textIn(step, "node")],
    ],
    blocks: [
      source === ""
        ? { title: "The plan", text: textIn(step, "text") }
        : { title: "What changed", diff: changes(source, textIn(step, "text")) },
    ],
  }),
  Started: (step) => ({
    facts: [
      ["Wanted", textsOf(step["targets"]).join(", ")],
      ["Level", textIn(step, "level")],
      ["Inputs", pairs(step["inputs"])],
    ],
  }),
  RunStarted: (step) => ({
    facts: [
      ["Nodes", textsOf(step["nodes"]).join(", ")],
      ["Mode", textIn(step, "mode")],
      ["Workers", textIn(step, "workers")],
      ["Why", textIn(step, "why")],
      ["Expected", timeOf(step, "expected")],
    ],
    blocks: [{ title: "Notes", text: textsOf(step["notes"]).join("\n") }],
  }),
  NodeStarted: (step) => ({
    facts: [
      ["Why", textIn(step, "why")],
      ["Attempt", textIn(step, "attempt")],
    ],
  }),
  NodeOutput: (step) => ({ blocks: [{ title: textIn(step, "stream"), text: textIn(step, "text") }] }),
  NodeSucceeded: (step) => valueOf(step),
  NodeCached: (step) => valueOf(step),
  NodeFailed: (step, source) => failureOf(fieldsOf(step["error"]), fieldsOf(step["usage"]), source),
  NodeBlocked: (step) => ({ facts: [["Needs", textsOf(step["by"]).join(", ")]] }),
  RunFinished: (step) => ({
    facts: [
      ["Status", textIn(step, "status")],
      ["Nodes", pairs(step["counts"])],
      ["Time", timeOf(step, "seconds")],
    ],
    blocks: [{ title: "Message", text: textIn(step, "message") }],
  }),
  Asked: (step) => ({
    facts: [
      ["For", textIn(step, "purpose")],
      ["Node", textIn(step, "node")],
    ],
    blocks: listOf(step["messages"]).map((pair): Block => {
      const [role, text] = textsOf(pair);
      return { title: role ?? "", text: text ?? "" };
    }),
  }),
  Answered: (step) => ({
    facts: [
      ["Tokens", `${tokens(step, "sent")} in, ${tokens(step, "received")} out`],
      ["Cost", numberIn(step, "dollars") === null ? "" : `$${textIn(step, "dollars")}`],
      ["Problem", textIn(step, "problem")],
    ],
    blocks: [{ title: "Answer", text: textIn(step, "text") }],
  }),
  Checked: (step) => ({ blocks: [{ title: "Sent back for", text: textsOf(step["problems"]).join("\n") }] }),
  Tried: (step, source) => trialOf(step, source),
  Resumed: (step) => ({ facts: [["Version", textIn(step, "program")]] }),
  Ended: (step) => {
    const stuck = fieldsOf(step["stuck"]);
    return {
      facts: [
        ["Status", textIn(step, "status")],
        ["Message", textIn(step, "message")],
        ["Stuck at", stuck["line"] === undefined ? "" : `${textIn(stuck, "node")}, line ${textIn(stuck, "line")}`],
        ["Error", textIn(stuck, "error")],
      ],
      blocks: [{ title: "Tried there", text: textsOf(stuck["tried"]).join("\n") }],
    };
  },
};

function valueOf(step: Step): Partial<Detail> {
  const result = fieldsOf(step["result"]);
  return {
    facts: [
      ["Type", `${textIn(result, "type")} ${textIn(result, "size")}`.trim()],
      ["Time", timeOf(result, "wall")],
      ["Memory", sizeOf(result, "memory")],
      ["Bytes", sizeOf(result, "bytes")],
      ["Why reused", textIn(step, "why")],
    ],
    blocks: [{ title: "Value", text: textIn(result, "preview") }],
  };
}

function failureOf(error: Fields, usage: Fields, source: string): Partial<Detail> {
  const line = lineOf(error["focus"] ?? error["range"]);
  const related = listOf(error["related"]).map((each) => textIn(fieldsOf(each), "message"));
  const values = listOf(error["values"]).map((each) => {
    const seen = fieldsOf(each);
    return `${textIn(seen, "text")} = ${textIn(seen, "value")}`;
  });
  return {
    facts: [
      ["Error", headline(error)],
      ["Line", line === null ? "" : `${line + 1}: ${source.split("\n")[line]?.trim() ?? ""}`],
      ["Time", timeOf(usage, "wall")],
    ],
    blocks: [
      { title: "Values", text: values.join("\n") },
      { title: "Where it comes from", text: related.filter(Boolean).join("\n") },
      { title: "Notes", text: textsOf(error["notes"]).join("\n") },
    ],
  };
}

function trialOf(step: Step, source: string): Partial<Detail> {
  const edit = fieldsOf(step["edit"]);
  const after = edited(source, edit);
  const [passed, downstream] = [numberIn(step, "passed") ?? 0, numberIn(step, "downstream") ?? 0];
  return {
    facts: [
      ["Node", textIn(step, "node")],
      ["By", textIn(step, "by")],
      ["Repair", textIn(step, "title")],
      ["Verified", step["worked"] === true ? "it was run, and works" : "it was run, and does not work"],
      ["Why", textIn(step, "why")],
      ["Nodes after it", downstream === 0 ? "" : `${passed} of ${downstream} ran`],
    ],
    blocks: [
      after === null
        ? { title: "New text", text: textIn(edit, "newText") }
        : { title: "The edit", diff: changes(source, after) },
    ],
  };
}

/** The text with an edit of the protocol made; null where its place is not in the text. */
function edited(source: string, edit: Fields): string | null {
  const range = fieldsOf(edit["range"]);
  const [start, end] = [offsetOf(source, range["start"]), offsetOf(source, range["end"])];
  if (source === "" || start === null || end === null) return null;
  return source.slice(0, start) + textIn(edit, "newText") + source.slice(end);
}

function offsetOf(text: string, position: unknown): number | null {
  const fields = fieldsOf(position);
  const [line, character] = [numberIn(fields, "line"), numberIn(fields, "character")];
  if (line === null || character === null) return null;
  let offset = 0;
  for (let each = 0; each < line; each++) {
    const next = text.indexOf("\n", offset);
    if (next === -1) return null;
    offset = next + 1;
  }
  return offset + character;
}

const AROUND = 2;

/** The lines that differ, with a few around them. */
function changes(before: string, now: string): DiffLine[] {
  const [old, fresh] = [before.split("\n"), now.split("\n")];
  const shortest = Math.min(old.length, fresh.length);
  let top = 0;
  while (top < shortest && old[top] === fresh[top]) top++;
  let bottom = 0;
  while (bottom < shortest - top && old.at(-1 - bottom) === fresh.at(-1 - bottom)) bottom++;
  if (top === old.length && top === fresh.length) return [];
  const [from, upTo] = [Math.max(0, top - AROUND), Math.max(0, bottom - AROUND)];
  const part = (lines: readonly string[]): string => lines.slice(from, lines.length - upTo).join("\n");
  return diff(part(old), part(fresh));
}

const lineOf = (range: unknown): number | null => numberIn(fieldsOf(fieldsOf(range)["start"]), "line");

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const tokens = (fields: Fields, name: string): string => grouped(numberIn(fields, name) ?? 0);

function timeOf(fields: Fields, name: string): string {
  const seconds = numberIn(fields, name);
  return seconds === null ? "" : saidTime(seconds);
}

function sizeOf(fields: Fields, name: string): string {
  const bytes = numberIn(fields, name);
  return bytes === null ? "" : saidSize(bytes);
}

const pairs = (fields: unknown): string =>
  Object.entries(fieldsOf(fields))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
