/** The drawing as a file of its own: SVG that needs no style sheet, and PNG made of that. */

const STYLES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "opacity",
  "paint-order",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;
const MARGIN = 24;
const MOST_PIXELS = 8_000; // A side; browsers refuse larger pictures.

/** What of the drawing is for who looks at it here: a picture has all letters, and nothing is selected in it. */
const OF_THE_VIEW = ["far", "selected", "near"] as const;

/** The drawing in its present colours, as text of SVG. */
export function asSvg(drawing: SVGSVGElement): string {
  const all = [drawing, ...drawing.querySelectorAll("*")];
  const marked = OF_THE_VIEW.map((mark) => [mark, all.filter(({ classList }) => classList.contains(mark))] as const);
  marked.forEach(([mark, elements]) => elements.forEach(({ classList }) => classList.remove(mark)));
  const made = pictureOf(drawing);
  marked.forEach(([mark, elements]) => elements.forEach(({ classList }) => classList.add(mark)));
  return made;
}

function pictureOf(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll<SVGElement>("rect, path, text");
  copy.querySelectorAll<SVGElement>("rect, path, text").forEach((element, index) => {
    const original = originals[index];
    // By its own object: the policy of the page forbids styles that are written as attributes.
    if (original !== undefined) element.style.cssText = stylesOf(original);
  });
  const { width, height } = drawing.viewBox.baseVal;
  const [across, down] = [width + 2 * MARGIN, height + 2 * MARGIN];
  copy.removeAttribute("style");
  copy.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${across} ${down}`);
  copy.setAttribute("width", String(across));
  copy.setAttribute("height", String(down));
  copy.style.background = getComputedStyle(document.body).backgroundColor;
  return new XMLSerializer().serializeToString(copy);
}

/** The same as PNG, in base64; twice as large as on the screen where that is not too much. */
export async function asPng(drawing: SVGSVGElement): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asSvg(drawing))}`;
  await image.decode();
  const scale = Math.min(2, MOST_PIXELS / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(image.width * scale);
  canvas.height = Math.ceil(image.height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
}

function stylesOf(element: Element): string {
  const computed = getComputedStyle(element);
  return STYLES.map((name) => `${name}:${computed.getPropertyValue(name)}`).join(";");
}
