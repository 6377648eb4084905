/** Work of which one time a frame is enough, however often it is asked for. */

/** A function that has `work` done before the next frame; more calls until then change nothing. */
export function eachFrame(work: () => void): () => void {
  let pending = false;
  return () => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      work();
    });
  };
}

/** Have `work` done as soon as what was changed until now is on the screen. */
export function oncePainted(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work, 0));
}
