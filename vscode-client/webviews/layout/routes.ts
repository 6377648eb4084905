/**
 * The lines of a drawing: curves between the layers, and upright wherever they pass one.
 *
 * A curve stays in the gap between two layers, since all four of its points do. So no line ever
 * runs through a box.
 */

import {
  at,
  bottom,
  type Box,
  center,
  type Curve,
  get,
  pairwise,
  type Point,
  reversedRoute,
  right,
  type Route,
  type Spacing,
} from "./shapes";

const MARGIN = 10; // Between a corner of a box and the first line.
const LANE = 7; // Between two lines that go round the drawing.
const LEAST = 0.01;
const SAG = 0.75; // Of the height of its inner points, a curve reaches three quarters.

/** The room of a layer. */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/**
 * How a line gets from one box to another: through every layer between them, outside of everything
 * at the right, below both, which are in one layer, or back to where it begins.
 */
export type Way = "down" | "round" | "beside" | "loop";

/** What a link passes, from its upper end to its lower one. */
export interface Chain {
  /** Where it begins, the dummies that it passes, where it ends. */
  readonly vertices: readonly number[];
  readonly way: Way;
  /** Whether the link itself leads from below to above. */
  readonly turned: boolean;
  /** Whether it closes a cycle. */
  readonly back: boolean;
}

/** Where everything stands that lines join: boxes and dummies, by number. */
export interface Frame {
  readonly boxes: readonly Box[];
  readonly xs: readonly number[];
  readonly layer: ReadonlyMap<number, number>;
  readonly bands: readonly Band[];
  readonly spacing: Spacing;
}

/** The lines of the chains, each in the direction of its link. */
export function draw(frame: Frame, chains: readonly Chain[]): Route[] {
  const ports = findPorts(frame, chains);
  let lane = Math.max(...frame.boxes.map(right)) + 2 * LANE;
  return chains.map((chain, number) => {
    const ends = { upper: ports.upper.get(number) ?? 0, lower: ports.lower.get(number) ?? 0 };
    if (chain.way === "round") lane += LANE;
    const route = DRAW[chain.way](frame, chain, ends, lane);
    return chain.turned ? reversedRoute(route) : route;
  });
}

interface Ends {
  readonly upper: number;
  readonly lower: number;
}

const DRAW: Record<Way, (frame: Frame, chain: Chain, ends: Ends, lane: number) => Route> = {
  down: drawDown,
  round: drawRound,
  beside: drawBeside,
  loop: (frame, chain) => drawLoop(at(frame.boxes, at(chain.vertices, 0)), frame.spacing),
};

const layerOf = (frame: Frame, vertex: number): number => get(frame.layer, vertex);
const bandOf = (frame: Frame, vertex: number): Band => at(frame.bands, layerOf(frame, vertex));

function endsOf(chain: Chain): readonly [first: number, last: number] {
  return [at(chain.vertices, 0), at(chain.vertices, chain.vertices.length - 1)];
}

function drawDown(frame: Frame, chain: Chain, ends: Ends): Route {
  const [first, last] = endsOf(chain);
  const line = new Line({ x: ends.upper, y: bottom(at(frame.boxes, first)) });
  for (const [upper, lower] of pairwise(chain.vertices)) {
    line.upright(bandOf(frame, upper).bottom);
    const x = lower === last ? ends.lower : at(frame.xs, lower);
    line.swing({ x, y: bandOf(frame, lower).top });
  }
  line.upright(at(frame.boxes, last).y);
  return line.route(chain.back);
}

/** Down in a lane at the right of everything. */
function drawRound(frame: Frame, chain: Chain, ends: Ends, lane: number): Route {
  const [first, last] = endsOf(chain);
  const line = new Line({ x: ends.upper, y: bottom(at(frame.boxes, first)) });
  line.upright(bandOf(frame, first).bottom);
  line.swing({ x: lane, y: at(frame.bands, layerOf(frame, first) + 1).top });
  line.upright(at(frame.bands, layerOf(frame, last) - 1).bottom);
  line.swing({ x: ends.lower, y: bandOf(frame, last).top });
  line.upright(at(frame.boxes, last).y);
  return line.route(chain.back);
}

/** Between two boxes of a layer, hanging in the gap below it. */
function drawBeside(frame: Frame, chain: Chain, ends: Ends): Route {
  const [first, last] = endsOf(chain);
  const line = new Line({ x: ends.upper, y: bottom(at(frame.boxes, first)) });
  line.upright(bandOf(frame, first).bottom);
  line.hang(ends.lower, frame.spacing.layers * SAG);
  line.upright(bottom(at(frame.boxes, last)));
  return line.route(chain.back);
}

function drawLoop(box: Box, spacing: Spacing): Route {
  const [start, end] = [box.y + 0.3 * box.height, box.y + 0.7 * box.height];
  const out = right(box) + spacing.loop;
  const curve = {
    first: { x: out, y: start },
    second: { x: out, y: end },
    end: { x: right(box), y: end },
  };
  return { start: { x: right(box), y: start }, curves: [curve], back: true };
}

/** A line while it is drawn. */
class Line {
  private readonly curves: Curve[] = [];
  private now: Point;

  constructor(private readonly start: Point) {
    this.now = start;
  }

  /** Straight down, or up, to `y`. */
  upright(y: number): void {
    // A rest of rounding would have no direction, and an arrow at its end none either.
    if (Math.abs(y - this.now.y) <= LEAST) return;
    const { x } = this.now;
    const third = (y - this.now.y) / 3;
    this.to({ first: { x, y: this.now.y + third }, second: { x, y: y - third }, end: { x, y } });
  }

  /** To the next layer: upright at both ends. */
  swing(end: Point): void {
    const y = (this.now.y + end.y) / 2;
    this.to({ first: { x: this.now.x, y }, second: { x: end.x, y }, end });
  }

  /** To another place of the same height. */
  hang(x: number, depth: number): void {
    const { y } = this.now;
    this.to({ first: { x: this.now.x, y: y + depth }, second: { x, y: y + depth }, end: { x, y } });
  }

  /** What was drawn. */
  route(back: boolean): Route {
    return { start: this.start, curves: this.curves, back };
  }

  private to(curve: Curve): void {
    this.curves.push(curve);
    this.now = curve.end;
  }
}

/** Where the ends of the lines are at their boxes, by the number of the line. */
interface Ports {
  readonly upper: Map<number, number>;
  readonly lower: Map<number, number>;
}

interface End {
  readonly aim: number;
  readonly number: number;
  readonly upper: boolean;
}

/** Spread the ends of the lines along the edges of their boxes, in the order of their aims. */
function findPorts(frame: Frame, chains: readonly Chain[]): Ports {
  const ports: Ports = { upper: new Map(), lower: new Map() };
  for (const { vertex, ends } of sidesOf(frame, chains)) {
    const box = at(frame.boxes, vertex);
    const room = Math.max(box.width - 2 * MARGIN, 0);
    const step = Math.min(frame.spacing.port, room / Math.max(ends.length - 1, 1));
    ends.sort(byAim).forEach(({ number, upper }, index) => {
      const place = center(box) + (index - (ends.length - 1) / 2) * step;
      (upper ? ports.upper : ports.lower).set(number, place);
    });
  }
  return ports;
}

/** The ends of lines at the lower and at the upper edge of each box. */
function sidesOf(frame: Frame, chains: readonly Chain[]): Iterable<{ vertex: number; ends: End[] }> {
  const sides = new Map<string, { vertex: number; ends: End[] }>();
  const add = (vertex: number, below: boolean, end: End): void => {
    const key = `${vertex} ${below}`;
    const side = sides.get(key) ?? { vertex, ends: [] };
    side.ends.push(end);
    sides.set(key, side);
  };
  chains.forEach(({ vertices, way }, number) => {
    if (way === "loop") return;
    const [first, last] = [at(vertices, 0), at(vertices, vertices.length - 1)];
    const aim = (vertex: number): number => (way === "round" ? Infinity : at(frame.xs, vertex));
    add(first, true, { aim: aim(at(vertices, 1)), number, upper: true });
    add(last, way === "beside", { aim: aim(at(vertices, vertices.length - 2)), number, upper: false });
  });
  return sides.values();
}

function byAim(one: End, other: End): number {
  if (one.aim !== other.aim) return one.aim - other.aim;
  return one.number - other.number || Number(one.upper) - Number(other.upper);
}
