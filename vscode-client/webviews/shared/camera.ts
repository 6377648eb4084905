/** Where a drawing stands in its window, and how large it is. Pure: places in, places out. */

import type { Box, Point, Size } from "../layout/shapes";

/** The drawing's origin in the window, in pixels, and how many of these one of its units takes. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const [LEAST, MOST] = [0.04, 3];
const MARGIN = 24;
const READABLE = 0.5;
const RECOGNISED = 0.4; // What is only a little too large is shown whole: better small than cut off.

/** Everything in the window; nothing larger than life. */
export function fitted(drawing: Size, window: Size): Camera {
  const room = (of: number, within: number): number => (within - 2 * MARGIN) / Math.max(of, 1);
  const scale = bounded(Math.min(1, room(drawing.width, window.width), room(drawing.height, window.height)));
  const x = (window.width - drawing.width * scale) / 2;
  const y = Math.max(MARGIN, (window.height - drawing.height * scale) / 2);
  return { x, y, scale };
}

/** As it is first seen: all of it, or so much from its top as can be read. */
export function opening(drawing: Size, window: Size): Camera {
  const all = fitted(drawing, window);
  if (all.scale >= RECOGNISED) return all;
  return { x: (window.width - drawing.width * READABLE) / 2, y: MARGIN, scale: READABLE };
}

/** Zoomed by a factor; the place under `at` stays there. */
export function zoomed(camera: Camera, factor: number, at: Point): Camera {
  const scale = bounded(camera.scale * factor);
  const by = scale / camera.scale;
  return { x: at.x - (at.x - camera.x) * by, y: at.y - (at.y - camera.y) * by, scale };
}

export function panned(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x + dx, y: camera.y + dy };
}

/** Moved as little as shows the whole box; the same camera if it is seen already. */
export function revealed(camera: Camera, box: Box, window: Size): Camera {
  const dx = missing(camera.x + box.x * camera.scale, box.width * camera.scale, window.width);
  const dy = missing(camera.y + box.y * camera.scale, box.height * camera.scale, window.height);
  return dx === 0 && dy === 0 ? camera : panned(camera, dx, dy);
}

function missing(start: number, length: number, room: number): number {
  if (start < MARGIN) return MARGIN - start;
  const over = start + length - (room - MARGIN);
  return over > 0 ? -Math.min(over, start - MARGIN) : 0;
}

const bounded = (scale: number): number => Math.min(MOST, Math.max(LEAST, scale));
