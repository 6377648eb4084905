/** What is around a view: the extension, or a page that stands alone. */

import type { FromView, Shown, ToView } from "../../src/views/messages";

interface VsCodeApi {
  postMessage(message: FromView): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  /** Whether there is an editor to show text in and to run nodes. */
  readonly hasEditor: boolean;
  post(message: FromView): void;
  /** What `remember` was given before the view was closed, or undefined. */
  readonly remembered: unknown;
  remember(state: unknown): void;
}

/** Join the host: `hear` gets what it tells, first of all the plan. */
export function connect(hear: (message: ToView) => void): Host {
  const api = typeof acquireVsCodeApi === "function" ? acquireVsCodeApi() : null;
  if (api === null) return alone(hear);
  window.addEventListener("message", (event) => hear(event.data as ToView));
  api.postMessage({ type: "ready" });
  return {
    hasEditor: true,
    post: (message) => api.postMessage(message),
    remembered: api.getState(),
    remember: (state) => api.setState(state),
  };
}

/** A page with the plan in it, in which nothing happens. */
function alone(hear: (message: ToView) => void): Host {
  const plan = JSON.parse(document.getElementById("plan")?.textContent ?? "null") as Shown | null;
  queueMicrotask(() => hear({ type: "plan", plan }));
  const nothing = (): void => undefined;
  return { hasEditor: false, post: save, remembered: undefined, remember: nothing };
}

const MIME = { svg: "image/svg+xml", png: "image/png" };

/** Without an editor, files are saved as a browser does it. */
function save(message: FromView): void {
  if (message.type !== "save") return;
  const { format, content } = message;
  const data = format === "png" ? `base64,${content}` : `charset=utf-8,${encodeURIComponent(content)}`;
  const link = document.createElement("a");
  link.href = `data:${MIME[format]};${data}`;
  link.download = `plan.${format}`;
  link.click();
}
