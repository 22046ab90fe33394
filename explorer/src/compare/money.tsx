/** What a month avoided costs, over prices of an unpaid day. */

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";

import { INK, strokeOf } from "../charts/colours.js";
import { Figure, Table } from "../charts/figure.js";
import { Strokes } from "../charts/strokes.js";
import { costInterval, costPerMonth } from "../statistics/prices.js";
import { plain, pounds } from "../text/numbers.js";
import type { Account, Findings } from "./findings.js";
import { moneyWords } from "./words.js";

export function Money({ findings, prices }: { findings: Findings; prices: readonly number[] }) {
  const { accounts, setting } = findings;
  const priced = accounts.filter(({ bill }) => bill.avoided > 0);
  const draw = useCallback((width: number) => picture(findings, prices, width), [findings, prices]);
  return (
    <section class="card" aria-labelledby="money">
      <h2 id="money">What it costs</h2>
      {moneyWords(findings).map((one) => (
        <p>{one}</p>
      ))}
      <Table
        caption={`Against no programme, all councils, an unpaid day at ${pounds(setting.price)}`}
        head={[
          "Regime",
          "cash",
          "unpaid days",
          "months inadequate avoided",
          "cost of a month avoided",
          "verdict against no programme",
        ]}
        rows={accounts.map((one) => rowOf(one, setting.price))}
      />
      {priced.length > 0 && (
        <Figure
          name="money"
          title="Cost of a month avoided, by the worth of an unpaid day"
          sentence={`Lines that cross do so at the break-even price. ${priced.map((one) => `${one.title}: ${costWords(one, setting.price)}`).join("; ")} at ${pounds(setting.price)} a day.`}
          draw={draw}
          table={{
            caption: "Pounds for each month avoided, and the 95% interval of the mean",
            head: ["Price of an unpaid day", ...priced.map(({ title }) => title)],
            rows: prices
              .filter((price) => price % 250 === 0)
              .map((price) => [pounds(price), ...priced.map((one) => costWords(one, price))]),
          }}
        >
          <Strokes titles={priced.map(({ title }, place) => ({ title, place }))} />
        </Figure>
      )}
    </section>
  );
}

function rowOf(account: Account, price: number): string[] {
  const { title, bill, verdict } = account;
  return [
    title,
    pounds(bill.cash),
    plain(bill.unpaidDays, 0),
    `${plain(bill.avoided)} ±${plain(bill.avoidedError)}`,
    pounds(costPerMonth(bill, price)),
    verdict,
  ];
}

function costWords({ bill }: Account, price: number): string {
  const [low, high] = costInterval(bill, price);
  const top = Number.isFinite(high) ? pounds(high) : "no end";
  return `${pounds(costPerMonth(bill, price))} (${pounds(low)} to ${top})`;
}

function picture(findings: Findings, prices: readonly number[], width: number) {
  const accounts = findings.accounts.filter(({ bill }) => bill.avoided > 0);
  const rows = accounts.flatMap((account, place) =>
    prices.map((price) => ({ title: account.title, place, price, cost: costPerMonth(account.bill, price) })),
  );
  const most = Math.max(...rows.map(({ cost }) => cost));
  return Plot.plot({
    width,
    height: 270,
    marginLeft: 84,
    marginBottom: 44,
    marginRight: 12,
    marginTop: 22,
    style: { fontSize: "12px", background: "transparent" },
    x: {
      label: "worth of an unpaid day, pounds",
      labelArrow: "none",
      labelAnchor: "center",
      labelOffset: 38,
      ticks: width < 500 ? 4 : 8,
    },
    y: {
      label: "pounds a month avoided",
      labelArrow: "none",
      grid: true,
      domain: [0, most],
      nice: true,
      tickFormat: (value: number) => pounds(value),
    },
    marks: [
      ...accounts.map(({ title }, place) => {
        const { colour, dash } = strokeOf(place);
        return Plot.lineY(
          rows.filter((row) => row.title === title),
          { x: "price", y: "cost", stroke: colour, strokeWidth: 2.2, strokeDasharray: dash },
        );
      }),
      Plot.ruleX([findings.setting.price], { stroke: INK, strokeDasharray: "1 3" }),
    ],
  });
}
