/** What a layout is made from and made of. Lengths are pixels; x grows rightwards, y downwards. */

/** How much room a box needs. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A line between two boxes; one that `orders` has its source above its target. */
export interface Link {
  readonly source: string;
  readonly target: string;
  readonly orders: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A cubic Bézier curve from where the line is to `end`. */
export interface Curve {
  readonly first: Point;
  readonly second: Point;
  readonly end: Point;
}

/** A placed box; `x` and `y` are its upper left corner. */
export interface Box extends Size, Point {}

/** The line of one link; `back` says that the link would close a cycle, so that it leads upwards. */
export interface Route {
  readonly start: Point;
  readonly curves: readonly Curve[];
  readonly back: boolean;
}

/** A drawing: each box by its name, and a route a link, in the order of the links. */
export interface Layout {
  readonly size: Size;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly routes: readonly Route[];
}

/** Distances that a drawing keeps. */
export interface Spacing {
  /** Between two boxes of a layer. */
  readonly between: number;
  /** Between a line and what is beside it. */
  readonly line: number;
  /** Between two layers, at least. */
  readonly layers: number;
  /** Between parts of the graph that nothing joins. */
  readonly parts: number;
  /** What a line from a box to itself takes at its right. */
  readonly loop: number;
  /** Between the ends of two lines at a box, at most. */
  readonly port: number;
}

export const SPACING: Spacing = {
  between: 28,
  line: 14,
  layers: 46,
  parts: 44,
  loop: 26,
  port: 14,
};

export const center = (box: Box): number => box.x + box.width / 2;
export const right = (box: Box): number => box.x + box.width;
export const bottom = (box: Box): number => box.y + box.height;

/** The same box further right and down. */
export function movedBox(box: Box, x: number, y: number): Box {
  return { x: box.x + x, y: box.y + y, width: box.width, height: box.height };
}

/** The same line further right and down. */
export function movedRoute(route: Route, x: number, y: number): Route {
  const shift = (point: Point): Point => ({ x: point.x + x, y: point.y + y });
  const curves = route.curves.map(({ first, second, end }) => ({
    first: shift(first),
    second: shift(second),
    end: shift(end),
  }));
  return { start: shift(route.start), curves, back: route.back };
}

/** The same line, drawn from its end to its start. */
export function reversedRoute(route: Route): Route {
  const stops = [route.start, ...route.curves.map((curve) => curve.end)].reverse();
  const curves = [...route.curves]
    .reverse()
    .map((curve, index) => ({ first: curve.second, second: curve.first, end: at(stops, index + 1) }));
  return { start: at(stops, 0), curves, back: route.back };
}

/** An item that is known to be there. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} of ${items.length}`);
  return item;
}

/** The value of a key that is known to be there. */
export function get<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new RangeError(`no entry ${String(key)}`);
  return value;
}

/** The items beside each other, two by two. */
export function* pairwise<T>(items: readonly T[]): Generator<readonly [T, T]> {
  for (let index = 1; index < items.length; index++) yield [at(items, index - 1), at(items, index)];
}
