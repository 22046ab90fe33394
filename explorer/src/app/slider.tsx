/** A slider with its plausible range marked, its value, a reset, and a tick where the answer turns. */

import { atStep } from "../text/numbers.js";

interface SliderProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** Ends of what is plausible; not marked where undefined. */
  readonly range?: readonly [number, number] | undefined;
  /** Undefined where it is not held: then it stands at `usual`, and `loose` says what that means. */
  readonly value: number | undefined;
  readonly usual: number;
  readonly loose: string;
  /** Where the answer turns round. */
  readonly turn?: number | undefined;
  readonly change: (value: number | undefined, moving: boolean) => void;
}

export function Slider(props: SliderProps) {
  const { name, label, hint, unit, low, high, step, range, value, usual, loose, turn, change } = props;
  const place = (at: number): string => `${(100 * Math.min(1, Math.max(0, (at - low) / (high - low)))).toFixed(2)}%`;
  const shown = value ?? usual;
  const said = value === undefined ? loose : `${atStep(value, step)} ${unit}`;
  return (
    <div class={value === undefined ? "slider loose" : "slider"}>
      <div class="slider-head">
        <label for={name}>{label}</label>
        <output for={name}>{said}</output>
        {value !== undefined && (
          <button type="button" class="reset" aria-label={`Reset ${label}`} onClick={() => change(undefined, false)}>
            ↺
          </button>
        )}
      </div>
      <div class="track">
        {range && (
          <span
            class="range"
            style={{ left: place(range[0]), width: `calc(${place(range[1])} - ${place(range[0])})` }}
          />
        )}
        {turn !== undefined && turn >= low && turn <= high && (
          <span class="turn" style={{ left: place(turn) }} title={`The answer turns at ${atStep(turn, step)}`} />
        )}
        <input
          id={name}
          type="range"
          min={low}
          max={high}
          step={step}
          value={shown}
          aria-valuetext={said}
          onInput={(event) => change(event.currentTarget.valueAsNumber, true)}
          onChange={(event) => change(event.currentTarget.valueAsNumber, false)}
        />
      </div>
      {turn !== undefined && turn >= low && turn <= high && (
        <p class="turns">{`The answer turns at ${atStep(turn, step)} ${unit}.`}</p>
      )}
      {hint && <p class="hint">{hint}</p>}
    </div>
  );
}

/** A step that leaves about a hundred places between two ends. */
export function stepOf(low: number, high: number): number {
  return 10 ** Math.floor(Math.log10((high - low) / 40));
}
