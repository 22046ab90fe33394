/** The map: a tile a council, and the links of support from giver to receiver. */

import { INK } from "../charts/colours.js";
import type { Layout, Place } from "./tiles.js";
import type { Shade } from "./shades.js";

/** Pixels of a tile. */
const TILE = 32;
const GAP = 1.5;
/** Pixels between the middle of a tile and a link's end; how far a link bends, of its length. */
const CLEAR = 10;
const BEND = 0.16;
/** Links from which they are drawn softly, so that the tiles are seen. */
const MANY = 30;
const WEIGHTS = {
  strong: { wider: 1.6, opacity: 1 },
  plain: { wider: 0.9, opacity: 0.85 },
  soft: { wider: 0.5, opacity: 0.4 },
  faint: { wider: 0.5, opacity: 0.15 },
} as const;

export interface Link {
  readonly giver: number;
  readonly receiver: number;
  readonly days: number;
}

interface MapProps {
  readonly layout: Layout;
  readonly shades: readonly Shade[];
  readonly links: readonly Link[];
  readonly chosen: number | undefined;
  readonly choose: (council: number) => void;
  readonly called: (council: number) => string;
  /** What the picture shows, in a sentence. */
  readonly label: string;
}

export function TileMap({ layout, shades, links, chosen, choose, called, label }: MapProps) {
  const { tiles, columns, rows, labels, sides } = layout;
  const own = links.filter(({ giver, receiver }) => giver === chosen || receiver === chosen);
  return (
    <svg class="tile-map" viewBox={`-2 -2 ${columns * TILE + 4} ${rows * TILE + 4}`} role="img" aria-label={label}>
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="5"
          markerHeight="5"
          orient="auto-start-reverse"
        >
          <path d="M0 0L8 4L0 8z" fill={INK} />
        </marker>
      </defs>
      {tiles.map((place, council) => (
        <Tile
          place={place}
          fill={shades[council]?.fill}
          title={`${called(council)}: ${shades[council]?.words ?? ""}`}
          choose={() => choose(council)}
        />
      ))}
      <path class="sides" d={sides.map(([from, to]) => `M${corner(from)}L${corner(to)}`).join("")} />
      {labels.map(({ lines, at, anchor }) => (
        <text class="region" text-anchor={anchor}>
          {lines.map((words, k) => (
            <tspan x={at[0] * TILE} y={at[1] * TILE + k * 15}>
              {words}
            </tspan>
          ))}
        </text>
      ))}
      {links
        .filter((link) => !own.includes(link))
        .map((link) => (
          <Curve tiles={tiles} link={link} weight={own.length > 0 ? "faint" : links.length > MANY ? "soft" : "plain"} />
        ))}
      {tiles.map((place, council) => (
        <Mark place={place} shade={shades[council]} />
      ))}
      {own.map((link) => (
        <Curve tiles={tiles} link={link} weight="strong" />
      ))}
      {chosen !== undefined && <Ring place={tiles[chosen]} />}
    </svg>
  );
}

interface TileProps {
  readonly place: Place;
  readonly fill: string | undefined;
  readonly title: string;
  readonly choose: () => void;
}

function Tile({ place: [column, row], fill, title, choose }: TileProps) {
  const side = TILE - 2 * GAP;
  return (
    <rect
      class="tile"
      x={column * TILE + GAP}
      y={row * TILE + GAP}
      width={side}
      height={side}
      rx={3}
      fill={fill}
      onClick={choose}
    >
      <title>{title}</title>
    </rect>
  );
}

function Mark({ place, shade }: { place: Place; shade: Shade | undefined }) {
  if (shade === undefined || shade.mark === "") return null;
  const [x, y] = middle(place);
  return (
    <text class="mark" x={x} y={y + 5} fill={shade.ink}>
      {shade.mark}
    </text>
  );
}

function Ring({ place }: { place: Place | undefined }) {
  if (place === undefined) return null;
  const [x, y] = [place[0] * TILE, place[1] * TILE];
  return <rect class="ring" x={x - 1} y={y - 1} width={TILE + 2} height={TILE + 2} rx={5} />;
}

/** A link, bent to its left, so that those that go both ways are told apart. */
function Curve({ tiles, link, weight }: { tiles: readonly Place[]; link: Link; weight: keyof typeof WEIGHTS }) {
  const [from, to] = [tiles[link.giver], tiles[link.receiver]];
  if (from === undefined || to === undefined) return null;
  const [x, y, endX, endY] = between(middle(from), middle(to));
  const [bendX, bendY] = [(x + endX) / 2 + (endY - y) * BEND, (y + endY) / 2 - (endX - x) * BEND];
  const path = `M${x} ${y}Q${bendX} ${bendY} ${endX} ${endY}`;
  const { wider, opacity } = WEIGHTS[weight];
  const width = wider + Math.min(2, link.days / 10);
  return (
    <>
      {weight !== "soft" && <path class="halo" d={path} stroke-width={width + 2} opacity={opacity * 0.7} />}
      <path class={`link ${weight}`} d={path} stroke-width={width} opacity={opacity} marker-end="url(#arrow)" />
      <circle class="source" cx={x} cy={y} r={1.4 + wider} opacity={opacity} />
    </>
  );
}

/** The ends of a link: beside the middles of its tiles, so that their marks can be read. */
function between([x, y]: Place, [u, v]: Place): [number, number, number, number] {
  const length = Math.hypot(u - x, v - y) || 1;
  const [right, down] = [((u - x) / length) * CLEAR, ((v - y) / length) * CLEAR];
  return [x + right, y + down, u - right, v - down];
}

function middle([column, row]: Place): [number, number] {
  return [(column + 0.5) * TILE, (row + 0.5) * TILE];
}

function corner([column, row]: Place): string {
  return `${column * TILE} ${row * TILE}`;
}
