/** A chart as a picture of its own, with its title and what it is not: SVG, or PNG at twice the size. */

const AIR = 14;
const LINE = 18;
const FONT = "'Source Sans 3', 'Segoe UI', Arial, 'Liberation Sans', sans-serif";

/** The picture as text. */
export function svgText(chart: SVGSVGElement, title: string, note: string): string {
  const width = chart.clientWidth || Number(chart.getAttribute("width"));
  const height = chart.clientHeight || Number(chart.getAttribute("height"));
  const notes = wrapped(note, width / 6);
  const whole = height + 2 * LINE + AIR + notes.length * LINE;
  const inner = chart.cloneNode(true) as SVGSVGElement;
  inner.removeAttribute("role");
  inner.setAttribute("y", String(2 * LINE));
  inner.setAttribute("width", String(width));
  inner.setAttribute("height", String(height));
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  set(picture, { viewBox: `0 0 ${width} ${whole}`, width, height: whole, "font-family": FONT });
  const paper = document.createElementNS(picture.namespaceURI, "rect");
  set(paper, { width, height: whole, fill: "#fff" });
  picture.append(paper, line(title, LINE, { "font-size": 15, "font-weight": 700 }), inner);
  notes.forEach((part, place) => {
    picture.append(line(part, height + 3 * LINE + place * LINE, { "font-size": 11, fill: "#555" }));
  });
  return new XMLSerializer().serializeToString(picture);
}

/** The picture as PNG. */
export async function pngOf(svg: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * scale;
    canvas.height = image.naturalHeight * scale;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error("the picture could not be drawn")) : resolve(blob)));
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

function line(text: string, y: number, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", "text");
  set(element, { x: 8, y, ...attributes });
  element.textContent = text;
  return element;
}

function set(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** A text in lines of about so many letters. */
function wrapped(text: string, letters: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last.length + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
}
