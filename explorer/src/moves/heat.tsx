/** Two things varied: a map of the mean difference, the line where its sign turns, and hatching where luck cannot tell. */

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";

import { GREY, INK } from "../charts/colours.js";
import { Figure } from "../charts/figure.js";
import { percent, withSign } from "../text/numbers.js";
import { sweepTable } from "./line.js";
import type { Point, Swept } from "./sweep.js";

const BELOW = "#0072B2";
const ABOVE = "#D55E00";
const HATCH = "hatch";

interface SweptMapProps {
  readonly swept: Swept;
  readonly title: string;
  readonly unit: string;
  /** What a difference below and above nought means. */
  readonly below: string;
  readonly above: string;
}

export function SweptMap({ swept, title, unit, below, above }: SweptMapProps) {
  const draw = useCallback((width: number) => picture(swept, width), [swept]);
  const { points } = swept;
  const share = (is: (point: Point) => boolean): string => percent(points.filter(is).length / points.length);
  return (
    <Figure
      name="sweep-map"
      title={title}
      sentence={`In ${unit}. Below nought at ${share(({ mean }) => mean < 0)} of the points, above at ${share(({ mean }) => mean > 0)}; luck cannot tell the sign at ${share(isOpen)}.`}
      draw={draw}
      table={sweepTable(swept, unit, title)}
    >
      <ul class="key">
        <li class="key-below">{below}</li>
        <li class="key-above">{above}</li>
        <li class="key-turn">where the sign turns</li>
        <li class="key-hatch">luck cannot tell: its 95% interval holds nought</li>
      </ul>
    </Figure>
  );
}

/** Whether luck leaves the sign open. */
function isOpen({ low, high }: Point): boolean {
  return !(low > 0 || high < 0);
}

interface Cell extends Point {
  readonly across: number;
  readonly up: number;
}

function picture({ design, points }: Swept, width: number): SVGSVGElement {
  const [first, second] = design.varied;
  const across = first?.values ?? [];
  const up = second?.values ?? [];
  const cells = points.map((point): Cell => ({
    ...point,
    across: across.indexOf(point.values[0] ?? NaN),
    up: up.indexOf(point.values[1] ?? NaN),
  }));
  const size = Math.max(...cells.map(({ mean }) => Math.abs(mean)).filter(Number.isFinite), 1e-9);
  const side = {
    x1: (one: Cell) => one.across - 0.5,
    x2: (one: Cell) => one.across + 0.5,
    y1: (one: Cell) => one.up - 0.5,
    y2: (one: Cell) => one.up + 0.5,
  };
  const drawn = Plot.plot({
    width,
    height: Math.min(460, 120 + up.length * Math.min(46, (width - 90) / across.length)),
    marginLeft: 62,
    marginBottom: 40,
    marginTop: 26,
    style: { fontSize: "12px", background: "transparent" },
    x: {
      label: scaleWords(first),
      labelOffset: 36,
      domain: [-0.5, across.length - 0.5],
      ticks: placesOf(across, width < 420 ? 4 : 9),
      tickFormat: (place: number) => plainValue(across[place]),
    },
    y: {
      label: scaleWords(second),
      domain: [-0.5, up.length - 0.5],
      ticks: placesOf(up, 9),
      tickFormat: (place: number) => plainValue(up[place]),
    },
    color: { type: "diverging", domain: [-size, size], range: [BELOW, "#fff", ABOVE], pivot: 0 },
    marks: [
      Plot.rect(cells, {
        ...side,
        fill: "mean",
        title: (one: Cell) => `${one.values.map(plainValue).join(", ")}: ${withSign(one.mean)}`,
      }),
      Plot.rect(cells.filter(isOpen), { ...side, fill: `url(#${HATCH})` }),
      Plot.text(
        cells.filter(() => width / across.length > 64),
        { x: "across", y: "up", text: (one: Cell) => withSign(one.mean, 0), fill: INK, stroke: "#fff", strokeWidth: 3 },
      ),
      Plot.link(bordersOf(cells), {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        stroke: INK,
        strokeWidth: 3.2,
        strokeLinecap: "square",
      }),
    ],
  }) as unknown as SVGSVGElement;
  drawn.prepend(hatching());
  return drawn;
}

/** Sides between neighbours of different sign. */
function bordersOf(cells: readonly Cell[]): { x1: number; x2: number; y1: number; y2: number }[] {
  const at = new Map(cells.map((one) => [`${one.across} ${one.up}`, one.mean]));
  return cells.flatMap(({ across, up, mean }) => {
    const turns = (other: number | undefined): boolean => other !== undefined && other * mean < 0;
    return [
      ...(turns(at.get(`${across + 1} ${up}`))
        ? [{ x1: across + 0.5, x2: across + 0.5, y1: up - 0.5, y2: up + 0.5 }]
        : []),
      ...(turns(at.get(`${across} ${up + 1}`))
        ? [{ x1: across - 0.5, x2: across + 0.5, y1: up + 0.5, y2: up + 0.5 }]
        : []),
    ];
  });
}

function hatching(): SVGDefsElement {
  const space = "http://www.w3.org/2000/svg";
  const make = (name: string, attributes: Readonly<Record<string, string>>): SVGElement => {
    const element = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const definitions = make("defs", {}) as SVGDefsElement;
  const pattern = make("pattern", {
    id: HATCH,
    width: "7",
    height: "7",
    patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)",
  });
  pattern.append(make("line", { x1: "0", y1: "0", x2: "0", y2: "7", stroke: GREY, "stroke-width": "1.6" }));
  definitions.append(pattern);
  return definitions;
}

function placesOf(values: readonly number[], most: number): number[] {
  const step = Math.ceil(values.length / most);
  return values.flatMap((_, place) => (place % step === 0 ? [place] : []));
}

function scaleWords(varied: Swept["design"]["varied"][number] | undefined): string {
  const { label = "", unit = "" } = varied?.thing ?? {};
  return `${label.length > 46 ? `${label.slice(0, 45)}…` : label}${unit && ` (${unit})`}`;
}

function plainValue(value: number | undefined): string {
  return value === undefined ? "" : String(Number(value.toPrecision(3)));
}
