/** Which line is which regime. */

import { strokeOf } from "./colours.js";

export function Strokes({ titles }: { titles: readonly { readonly title: string; readonly place: number }[] }) {
  return (
    <ul class="strokes">
      {titles.map(({ title, place }) => {
        const { colour, dash } = strokeOf(place);
        return (
          <li>
            <svg width="34" height="8" aria-hidden="true">
              <line x1="0" x2="34" y1="4" y2="4" stroke={colour} stroke-width="2.5" stroke-dasharray={dash} />
            </svg>
            {title}
          </li>
        );
      })}
    </ul>
  );
}
