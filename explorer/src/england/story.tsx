/** A council's story in one run, beside the range of what other luck would have made of it. */

import { Table } from "../charts/figure.js";
import { plainQuantiles } from "../statistics/quantiles.js";
import { monthAfter, monthWords } from "../text/names.js";
import { plain, sentence } from "../text/numbers.js";
import { happenings, type Called } from "./events.js";
import { LifeFigure, RangeFigure } from "./pictures.js";
import { REPLICATES, type Others, type Scene } from "./scene.js";

/** A measure of a whole run: its name in the engine, its words, its unit. */
const MEASURES: readonly (readonly [string, string, string])[] = [
  ["months_inadequate", "Months judged inadequate", "months"],
  ["mean_quality", "Mean quality", "SD"],
  ["director_changes", "Changes of director", "changes"],
  ["exits", "Directors who left", "exits"],
  ["days_received", "Support received", "days"],
  ["days_given", "Support given", "days"],
];

interface StoryProps {
  readonly scene: Scene;
  readonly others: Others | undefined;
  readonly made: number;
  readonly council: number;
  readonly called: Called;
  readonly grades: readonly string[];
  readonly measures: readonly string[];
}

export function Story({ scene, others, made, council, called, grades, measures }: StoryProps) {
  const told = happenings(scene, council, grades, called);
  const { start } = scene.setting;
  return (
    <section class="story" aria-labelledby="story">
      <h3 id="story">{`${called(council)} in this run`}</h3>
      <p class="small">A simulated story. It forecasts nothing for this council: other luck would tell another.</p>
      <LifeFigure scene={scene} council={council} grades={grades} />
      <details open class="happenings">
        <summary>{`What happened, month by month (${told.length})`}</summary>
        <ol tabIndex={0} aria-label="What happened">
          {told.map(({ month, kind, words }) => (
            <li data-kind={kind}>
              <b>{monthWords(monthAfter(start, month))}</b>
              {` ${sentence(words)}.`}
            </li>
          ))}
        </ol>
      </details>
      {others === undefined ? (
        <p class="small" role="status">{`The same run under other luck: ${made} of ${REPLICATES} made.`}</p>
      ) : (
        <>
          <RangeFigure scene={scene} others={others} council={council} ranged="quality" title="Quality" unit="SD" />
          <RangeFigure
            scene={scene}
            others={others}
            council={council}
            ranged="chief.attention"
            title="The chief's attention"
            unit="share"
          />
          <Table
            caption={`This run beside ${others.replicates} runs that differ by luck alone`}
            head={["Measure", "this run", "middle", "nine tenths between"]}
            rows={MEASURES.map((one) => measureRow(scene, others, council, measures, one))}
          />
        </>
      )}
    </section>
  );
}

function measureRow(
  scene: Scene,
  others: Others,
  council: number,
  measures: readonly string[],
  [name, words, unit]: (typeof MEASURES)[number],
): string[] {
  const own = scene.run.councils[council * measures.length + measures.indexOf(name)] ?? NaN;
  const all = (others.measures[name] ?? []).map((values) => values[council] ?? NaN);
  const [low = NaN, middle = NaN, high = NaN] = plainQuantiles(all, [0.05, 0.5, 0.95]);
  const places = name === "mean_quality" ? 1 : 0;
  const said = (value: number): string => plain(value, places);
  return [`${words}, ${unit}`, said(own), said(middle), `${said(low)} and ${said(high)}`];
}
