/** A chart as every reader can have it: a heading, a sentence, the picture, and its numbers as a table. */

import { useEffect, useRef } from "preact/hooks";
import type { ComponentChildren } from "preact";

import { csvOf, handOver } from "./files.js";
import { pngOf, svgText } from "./pictures.js";

export interface Rows {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface FigureProps {
  /** Of the picture's file, should it be taken away. */
  readonly name: string;
  readonly title: string;
  readonly sentence: string;
  /** Draws the picture so many pixels wide. */
  readonly draw: (width: number) => SVGSVGElement | HTMLElement;
  readonly table: Rows;
  readonly children?: ComponentChildren;
}

/** Said of every picture that is taken away. */
const NOTE = "An exploration of a model, not a forecast.";

export function Figure({ name, title, sentence, draw, table, children }: FigureProps) {
  const place = useRef<HTMLElement>(null);
  const svg = (): string => {
    const chart = place.current?.querySelector<SVGSVGElement>(".picture > svg, .picture svg");
    return chart ? svgText(chart, title, `${sentence} ${NOTE}`) : "";
  };
  return (
    <figure class="figure" data-name={name} ref={place}>
      <figcaption>
        <h3>{title}</h3>
        {children}
        <p class="sentence">{sentence}</p>
      </figcaption>
      <Picture draw={draw} label={`${title}. ${sentence}`} />
      <div class="foot">
        <details class="numbers">
          <summary>The numbers as a table</summary>
          <Table {...table} />
        </details>
        <p class="actions" role="group" aria-label={`Take away: ${title}`}>
          <button type="button" onClick={() => handOver(`${name}.svg`, svg(), "image/svg+xml")}>
            SVG
          </button>
          <button type="button" onClick={() => void pngOf(svg()).then((png) => handOver(`${name}.png`, png))}>
            PNG
          </button>
          <button type="button" onClick={() => handOver(`${name}.csv`, csvOf(table.head, table.rows), "text/csv")}>
            CSV
          </button>
        </p>
      </div>
    </figure>
  );
}

export function Table({ caption, head, rows }: Rows) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((title) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...others]) => (
            <tr>
              <th scope="row">{first}</th>
              {others.map((cell) => (
                <td class={isWords(cell) ? "words" : undefined}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether a cell says something in words, and so begins at the left. */
function isWords(cell: string): boolean {
  return /^[A-Za-z]/.test(cell);
}

/** A picture as wide as its place, drawn anew when that or what it shows changes. */
function Picture({ draw, label }: { draw: FigureProps["draw"]; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(draw);
  latest.current = draw;
  const renew = (): void => {
    if (place.current === null) return;
    const picture = latest.current(Math.max(280, place.current.clientWidth));
    // The label of the whole says all: its parts have no roles that could bear one.
    for (const part of picture.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", label);
    place.current.replaceChildren(picture);
  };
  useEffect(renew, [draw, label]);
  useEffect(() => {
    const watcher = new ResizeObserver(renew);
    if (place.current !== null) watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  return <div class="picture" ref={place} />;
}
