/** Ways through the drawing by keyboard: along the lines, and to what stands beside. */

import { center } from "../layout/shapes";
import type { Scene, Unit } from "./scene";

export type Direction = "up" | "down" | "left" | "right" | "first" | "last";

export const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "first",
  End: "last",
};

/** The box in a direction: above and below along a line, to a side in the same layer. */
export function neighbour(scene: Scene, from: string, direction: Direction): string | null {
  const unit = scene.units.get(from);
  const rows = inReadingOrder(scene);
  if (direction === "last") return rows.at(-1)?.id ?? null;
  if (direction === "first" || unit === undefined) return rows[0]?.id ?? null;
  if (direction === "up" || direction === "down") {
    return nearest(unit, along(scene, unit, direction))?.id ?? null;
  }
  const row = rows.filter((other) => rowOf(other) === rowOf(unit));
  return row[row.indexOf(unit) + (direction === "left" ? -1 : 1)]?.id ?? null;
}

/** All boxes, from the top left to the bottom right. */
export function inReadingOrder(scene: Scene): Unit[] {
  return [...scene.units.values()].sort((one, other) => {
    return rowOf(one) - rowOf(other) || one.box.x - other.box.x;
  });
}

const ROW = 16;
const rowOf = (unit: Unit): number => Math.round(unit.box.y / ROW);

function along(scene: Scene, unit: Unit, direction: "up" | "down"): Unit[] {
  const ends = scene.lines
    .filter(({ from, to }) => (direction === "up" ? to : from) === unit.id && from !== to)
    .map(({ from, to }) => (direction === "up" ? from : to));
  return ends.flatMap((id) => scene.units.get(id) ?? []);
}

function nearest(unit: Unit, others: readonly Unit[]): Unit | undefined {
  const away = (other: Unit): number => Math.abs(center(other.box) - center(unit.box));
  return [...others].sort((one, other) => away(one) - away(other))[0];
}
