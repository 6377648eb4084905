/** A nested value to be opened part by part; what is closed is not in the page. */

import { html } from "../shared/dom";
import { counted } from "../shared/format";
import { type Part, saidCell } from "./data";

/** The part with what is in it; the outermost one is open. */
export function tree(part: Part, label = "", open = true): HTMLElement {
  if (part.kind === "leaf") {
    const kind = part.value === null ? "missing" : typeof part.value;
    const text = typeof part.value === "string" ? JSON.stringify(part.value) : saidCell(part.value);
    return leaf(label, html("span", { class: kind }, part.value === null ? "None" : text));
  }
  if (part.kind === "other") return leaf(label, html("span", { class: "other" }, part.text));
  const count = counted(part.items.length + part.more, part.kind === "list" ? "item" : "key");
  const summary = html(
    "summary",
    {},
    label && html("span", { class: "key" }, `${label}: `),
    html("small", {}, count),
  );
  const made = html("details", { open }, summary);
  const fill = (): void => {
    if (!made.open || made.childElementCount > 1) return;
    made.append(...part.items.map(([key, each]) => tree(each, key, false)));
    if (part.more > 0) made.append(html("p", { class: "note" }, `and ${counted(part.more, "more item")}`));
  };
  made.addEventListener("toggle", fill);
  fill();
  return made;
}

function leaf(label: string, value: HTMLElement): HTMLElement {
  return html("div", { class: "leaf" }, label && html("span", { class: "key" }, `${label}: `), value);
}
