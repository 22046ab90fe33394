/** The councils as a list: what the map shows, for those who read it, region by region. */

import type { Start } from "../engine/data.js";
import type { Shade } from "./shades.js";

interface ListProps {
  readonly start: Start;
  readonly shades: readonly Shade[];
  readonly title: string;
  readonly called: (council: number) => string;
  readonly chosen: number | undefined;
  readonly choose: (council: number) => void;
}

/** Every council with what is shown of it; each can be chosen. */
export function CouncilList({ start, shades, title, called, chosen, choose }: ListProps) {
  return (
    <details class="councils">
      <summary>{`${title} of every council as a list`}</summary>
      {start.regions.map((region) => (
        <section aria-label={region}>
          <h3>{region}</h3>
          <ul>
            {membersOf(start, region).map((council) => (
              <li>
                <button type="button" aria-pressed={council === chosen} onClick={() => choose(council)}>
                  {called(council)}
                </button>
                {` ${shades[council]?.words ?? ""}`}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </details>
  );
}

/** A council chosen by its name. */
export function CouncilPicker({ start, called, chosen, choose }: Omit<ListProps, "shades" | "title">) {
  return (
    <div class="field">
      <label for="council">Council</label>
      <select id="council" value={chosen ?? ""} onChange={(event) => choose(Number(event.currentTarget.value))}>
        {chosen === undefined && <option value="">Choose one, here or on the map</option>}
        {start.regions.map((region) => (
          <optgroup label={region}>
            {membersOf(start, region).map((council) => (
              <option value={council}>{called(council)}</option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

/** A council's name, or its region and its place in it, by code, where names are off. */
export function callerOf(start: Start, names: boolean): (council: number) => string {
  if (names) return (council) => start.name[council] ?? "";
  const counts = new Map<string, number>();
  const hidden = start.region.map((region) => {
    const place = (counts.get(region) ?? 0) + 1;
    counts.set(region, place);
    return `${region}, council ${place}`;
  });
  return (council) => hidden[council] ?? "";
}

function membersOf(start: Start, region: string): number[] {
  return start.region.flatMap((name, council) => (name === region ? [council] : []));
}
