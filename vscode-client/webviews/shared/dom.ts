/** Elements from text. What comes from a plan gets into a page only through here, as text. */

const SVG = "http://www.w3.org/2000/svg";

export type Child = Node | string | null;
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** An element of HTML; strings become text, whatever is in them. */
export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** An element of SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag) as SVGElementTagNameMap[K];
  set(element, attributes);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Set attributes; what is null, undefined or false is taken away. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** A button that says what it does; `keys` is its shortcut, for people and for screen readers. */
export function button(label: string, act: () => void, keys = "", title = ""): HTMLButtonElement {
  const hint = [title, keys && `(${keys})`].filter(Boolean).join(" ");
  const made = html(
    "button",
    { type: "button", title: hint || null, "aria-keyshortcuts": keys || null },
    label,
  );
  made.addEventListener("click", act);
  return made;
}

/** An element of the page that has to be there. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element #${id}.`);
  return element;
}

/** Why a button that runs something does not. */
export const NOT_HERE = "Nothing is run here: the status bar says why";
