/** The window on the drawing: it is moved with the pointer, zoomed with the wheel. */

import type { Box, Size } from "../layout/shapes";
import { type Camera, fitted, opening, panned, revealed, zoomed } from "../shared/camera";
import { html, set } from "../shared/dom";
import type { Drawing } from "./drawing";

const FAR = 0.45; // Below that scale, small letters cannot be read.
const WHEEL = 0.0015;
const DRAG = 4; // Pixels that a pointer may move in a click.
const REST_MS = 200;

export class Stage {
  readonly root = html("div", { class: "stage" });
  private camera: Camera = { x: 0, y: 0, scale: 1 };
  /** How the drawing is placed anew in a window of another size; null once somebody has placed it. */
  private placing: typeof fitted | null = null;
  private drawing: Drawing | null = null;
  private rest = 0;

  constructor(clicked: (target: EventTarget | null) => void) {
    this.followPointer(clicked);
    this.root.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    new ResizeObserver(() => this.arrange(this.placing)).observe(this.root);
  }

  /** Put another drawing in: seen as before, or, `anew`, from its beginning. */
  show(drawing: Drawing, anew: boolean): void {
    this.drawing = drawing;
    this.root.replaceChildren(drawing.root);
    if (anew) this.arrange(opening);
    else this.place(this.camera);
  }

  /** Show all of the drawing. */
  fit(): void {
    this.arrange(fitted);
  }

  zoom(factor: number): void {
    const { width, height } = this.size;
    this.placing = null;
    this.place(zoomed(this.camera, factor, { x: width / 2, y: height / 2 }));
  }

  /** Move as little as shows a box. */
  reveal(box: Box): void {
    const camera = revealed(this.camera, box, this.size);
    if (camera !== this.camera) this.placing = null;
    this.place(camera);
  }

  /** Place the drawing by its size and that of the window, now and when that changes. */
  private arrange(placing: typeof fitted | null): void {
    this.placing = placing;
    if (placing !== null && this.drawing !== null) this.place(placing(this.drawing.scene.size, this.size));
  }

  private get size(): Size {
    return { width: this.root.clientWidth, height: this.root.clientHeight };
  }

  private place(camera: Camera): void {
    const { drawing } = this;
    if (drawing === null) return;
    const { x, y, scale } = camera;
    drawing.root.style.transform = `translate(${x}px, ${y}px)`;
    if (scale !== this.camera.scale || !drawing.root.hasAttribute("width")) {
      const { width, height } = drawing.scene.size;
      set(drawing.root, { width: Math.max(1, width) * scale, height: Math.max(1, height) * scale });
    }
    drawing.root.classList.toggle("far", scale < FAR);
    this.camera = camera;
  }

  private followPointer(clicked: (target: EventTarget | null) => void): void {
    const { root } = this;
    let [held, far] = [false, 0];
    root.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      [held, far] = [true, 0];
    });
    root.addEventListener("pointermove", (event) => {
      if (!held) return;
      far += Math.abs(event.movementX) + Math.abs(event.movementY);
      if (far <= DRAG) return;
      if (!root.hasPointerCapture(event.pointerId)) root.setPointerCapture(event.pointerId);
      this.move(event.movementX, event.movementY);
    });
    const release = (): void => {
      held = false;
    };
    root.addEventListener("pointerup", release);
    root.addEventListener("pointercancel", release);
    root.addEventListener("click", (event) => {
      if (far <= DRAG) clicked(event.target);
    });
  }

  private move(dx: number, dy: number): void {
    this.root.classList.add("moving");
    window.clearTimeout(this.rest);
    this.rest = window.setTimeout(() => this.root.classList.remove("moving"), REST_MS);
    this.placing = null;
    this.place(panned(this.camera, dx, dy));
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.shiftKey) {
      this.move(-(event.deltaX || event.deltaY), event.deltaX === 0 ? 0 : -event.deltaY);
      return;
    }
    const { left, top } = this.root.getBoundingClientRect();
    const at = { x: event.clientX - left, y: event.clientY - top };
    this.placing = null;
    this.place(zoomed(this.camera, Math.exp(-event.deltaY * WHEEL), at));
  }
}
