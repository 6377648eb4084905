/** A run on a line of time: a row a worker, a bar a node, and below the memory of what ran at once. */

import { html, svg } from "../shared/dom";
import { capped, counted, saidSize, saidTime } from "../shared/format";
import type { Bar, Timeline } from "./session";

const LANE = 26;
const MEMORY = 60;
const AXIS = 20;
const LETTER = 7;
const [FEWEST_TICKS, MOST_TICKS, TICK_ROOM] = [2, 5, 90];

/** Bars with the row that each is in: the first that is free when it begins. */
export function lanes(bars: readonly Bar[], end: number): { bar: Bar; lane: number }[] {
  const free: number[] = [];
  return [...bars]
    .sort((one, other) => one.start - other.start)
    .map((bar) => {
      // Clocks of two processes differ by a little: what begins just before the end comes after it.
      const found = free.findIndex((since) => since <= bar.start + SLACK);
      const lane = found === -1 ? free.length : found;
      free[lane] = bar.end ?? end;
      return { bar, lane };
    });
}

const SLACK = 0.001;

/** The memory in use over time, in steps: what each node held at most counts all the time it ran. */
export function memoryAlong(bars: readonly Bar[], end: number): [time: number, bytes: number][] {
  const changes = bars.flatMap((bar): [number, number][] => {
    return bar.memory === null
      ? []
      : [
          [bar.start, bar.memory],
          [bar.end ?? end, -bar.memory],
        ];
  });
  let bytes = 0;
  return changes
    .sort(([one, more], [other, less]) => one - other || more - less)
    .map(([time, change]) => [time, (bytes += change)]);
}

/** The picture, in so many pixels: letters stay as large as they are. Each bar is a button that selects its node. */
export function gantt(run: Timeline, width: number, select: (node: string) => void): HTMLElement {
  const end = Math.max(run.seconds, 1e-3, ...run.bars.map((bar) => bar.end ?? bar.start));
  const placed = lanes(run.bars, end);
  const rows = Math.max(1, ...placed.map(({ lane }) => lane + 1));
  const x = (seconds: number): number => (seconds / end) * width;
  const memory = memoryAlong(run.bars, end);
  const height = rows * LANE + AXIS + (memory.length > 0 ? MEMORY : 0);
  const picture = svg(
    "svg",
    { class: "gantt", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Timeline of the run" },
    ...ticks(end, rows * LANE, width, x),
    ...placed.map(({ bar, lane }) => barOf(bar, lane, end, x, select)),
    ...(memory.length > 0 ? memoryLine(memory, rows * LANE + AXIS, width, x) : []),
  );
  const ran = counted(run.bars.length, "node");
  const about = `${ran} on ${counted(run.workers, "worker")} in ${saidTime(run.seconds)}`;
  return html("figure", {}, html("figcaption", {}, about), picture);
}

function barOf(
  bar: Bar,
  lane: number,
  end: number,
  x: (at: number) => number,
  select: (node: string) => void,
): SVGGElement {
  const [left, width] = [x(bar.start), Math.max(2, x((bar.end ?? end) - bar.start))];
  const took = bar.end === null ? "running" : saidTime(bar.end - bar.start);
  const memory = bar.memory === null ? "" : `, ${saidSize(bar.memory)} of memory`;
  const label = `${bar.node}, ${bar.outcome}, ${took}, from ${saidTime(bar.start)}, row ${lane + 1}${memory}`;
  const room = Math.floor((width - 8) / LETTER);
  const made = svg(
    "g",
    { class: `bar ${bar.outcome}`, role: "button", tabindex: 0, "aria-label": label },
    svg("title", {}, label),
    svg("rect", { x: left, y: lane * LANE + 3, width, height: LANE - 6, rx: 3 }),
    room > 2 ? svg("text", { x: left + 4, y: lane * LANE + LANE - 9 }, capped(bar.node, room)) : null,
  );
  made.addEventListener("click", () => select(bar.node));
  made.addEventListener("keydown", ({ key }) => {
    if (key === "Enter" || key === " ") select(bar.node);
  });
  return made;
}

function ticks(end: number, height: number, width: number, x: (at: number) => number): SVGElement[] {
  const count = Math.min(MOST_TICKS, Math.max(FEWEST_TICKS, Math.floor(width / TICK_ROOM)));
  return Array.from({ length: count + 1 }, (_, index) => (end * index) / count).flatMap((at, index) => {
    const anchor = index === 0 ? "start" : index === count ? "end" : "middle";
    return [
      svg("path", { class: "tick", d: `M${x(at)} 0V${height}` }),
      svg("text", { class: "time", x: x(at), y: height + 14, "text-anchor": anchor }, saidTime(at)),
    ];
  });
}

function memoryLine(
  steps: readonly [number, number][],
  top: number,
  width: number,
  x: (at: number) => number,
): SVGElement[] {
  const most = Math.max(...steps.map(([, bytes]) => bytes), 1);
  const y = (bytes: number): number => top + MEMORY - 2 - (bytes / most) * (MEMORY - 18);
  const path = steps.map(([time, bytes]) => `H${x(time)}V${y(bytes)}`).join("");
  const label = `memory, at most ${saidSize(most)}`;
  return [
    svg("path", { class: "memory", d: `M0 ${y(0)}${path}H${width}`, "aria-hidden": "true" }),
    svg("text", { class: "time", x: 0, y: top + 10 }, label),
  ];
}
