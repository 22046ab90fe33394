/** The month that is shown: a slider, steps, and a clock that plays. */

import { useEffect, useState } from "preact/hooks";

import { monthAfter, monthWords } from "../text/names.js";

/** Milliseconds a month; where motion is to be reduced, a year at a time and slowly. */
const TICK = 140;
const SLOW = { tick: 2000, months: 12 } as const;

interface ClockProps {
  readonly start: string;
  readonly months: number;
  readonly month: number;
  readonly show: (month: number) => void;
}

export function Clock({ start, months, month, show }: ClockProps) {
  const [playing, play] = useState(false);
  const last = months - 1;
  useEffect(() => {
    if (!playing) return undefined;
    if (month >= last) {
      play(false);
      return undefined;
    }
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const timer = setTimeout(() => show(Math.min(last, month + (calm ? SLOW.months : 1))), calm ? SLOW.tick : TICK);
    return () => clearTimeout(timer);
  }, [playing, month, last]);
  const toggle = (): void => {
    if (!playing && month >= last) show(0);
    play(!playing);
  };
  const words = monthWords(monthAfter(start, month));
  return (
    <div class="clock">
      <button type="button" class="play" onClick={toggle}>
        {playing ? "❚❚ Pause" : "▶ Play"}
      </button>
      <div class="slider">
        <div class="slider-head">
          <label for="month">Month</label>
          <output for="month">{words}</output>
        </div>
        <div class="track">
          <input
            id="month"
            type="range"
            min={0}
            max={last}
            step={1}
            value={month}
            aria-valuetext={words}
            onInput={(event) => {
              play(false);
              show(event.currentTarget.valueAsNumber);
            }}
          />
        </div>
      </div>
    </div>
  );
}
