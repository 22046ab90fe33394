/**
 * Runs in one instance of the module, as `simulation.compiled.Ensemble` makes them: a world, a replicate's luck, month 0
 * under a parameter set, and a run for each regime.
 */

import { Memory, type Room } from "./memory.js";
import type {
  Columns, Count, Decision, Deployed, EngineDescription, Followed, FollowedMonth, FollowedRun, Parameters, RecordName, Run,
  Size, World,
} from "./types.js"; // prettier-ignore

const WORD = 8;
/** Lucks kept at hand: the replicates of a usual comparison, of 3 MB each at 120 months. */
const LUCKS_KEPT = 8;
/** Numbers that say how an arm's levers are swept. */
const SWEPT = 5;
const NO_PROGRAMME: Deployed = { name: "none", arms: [], trusts: false, parity: 0 };

export class Session {
  readonly #memory: Memory;
  readonly #engine: EngineDescription;
  #world: World | undefined;
  /** Which luck lies in which slot, by seed and replicate, and the slot of the luck in use. */
  #lucks: string[] = [];
  #slot = 0;
  #paired = false;

  constructor(module: WebAssembly.Module, engine: EngineDescription) {
    this.#memory = new Memory(module, engine);
    this.#engine = engine;
  }

  /** Take a world; luck and month 0 are to be made anew. */
  settle(world: World): void {
    const memory = this.#memory;
    memory.release();
    this.#world = world;
    this.#lucks = [];
    const facts = memory.records("facts", "facts", world.facts.length);
    world.facts.forEach((council, place) => memory.write(facts, "facts", place, council));
    const gaps = memory.room("gaps", WORD, world.months);
    memory.reals(gaps).set(world.gaps.slice(0, world.months));
    this.#settleColumns("paths", this.#engine.paths);
    this.#settleColumns("measures", this.#engine.measures);
  }

  /** Draw the luck of a replicate, or take it from those at hand. */
  draw(seed: number | bigint, replicate: number): void {
    const { months, facts, regions } = this.#settled();
    const drawn = `${seed} ${replicate}`;
    const slot = this.#lucks.indexOf(drawn);
    if (slot >= 0) {
      this.#slot = slot;
      return;
    }
    this.#slot = this.#lucks.length < LUCKS_KEPT ? this.#lucks.length : (this.#slot + 1) % LUCKS_KEPT;
    this.#lucks[this.#slot] = "";
    const { start, monthly, region } = this.#engine.chance;
    this.#drawTables("start_luck", seed, replicate, start, 1, facts.length);
    this.#drawTables("luck", seed, replicate, monthly, months, facts.length);
    this.#drawTables("regional_luck", seed, replicate, [region], 1, regions);
    this.#lucks[this.#slot] = drawn;
  }

  /** Write month 0 under these parameters and the luck at hand. */
  open(parameters: Parameters): void {
    const { facts, regions, own, pause, coefficients } = this.#settled();
    const memory = this.#memory;
    const c = memory.cleared(memory.records("coefficients", "coefficients", 1));
    memory.write(c, "coefficients", 0, { ...parameters, ...coefficients });
    const { start } = this.#engine.chance;
    const n = facts.length;
    memory.call("open_run", {
      facts: memory.records("facts", "facts", n),
      luck: this.#luck("start_luck", start.length, n),
      regional_luck: this.#luck("regional_luck", regions),
      coefficients: c,
      pause: { 0: pause[0], 1: pause[1] },
      own,
      councils: this.#fresh("opening_councils", "council", n),
      directors: this.#fresh("opening_directors", "director", n),
      sectors: this.#fresh("opening_sectors", "sector", 1),
    });
    this.#paired = false;
  }

  /** Run a regime from the month 0 at hand; the run under `none`, with which outcomes are paired, is made once. */
  run(regime: Deployed): Run {
    if (!this.#paired && regime.name !== NO_PROGRAMME.name) this.run(NO_PROGRAMME);
    this.#begin(regime);
    this.#runMonths(regime, this.#settled().months);
    return this.#measured(regime);
  }

  /** Run a regime and look at councils, directors and links at the end of every month. */
  follow(regime: Deployed, followed: Followed): FollowedRun {
    if (!this.#paired && regime.name !== NO_PROGRAMME.name) this.run(NO_PROGRAMME);
    this.#begin(regime);
    const months: FollowedMonth[] = [];
    for (let month = 0; month < this.#settled().months; month++) {
      this.#memory.write(this.#memory.records("sectors", "sector", 1), "sector", 0, { month });
      this.#runMonths(regime, month + 1);
      months.push(this.#seen(month, followed));
    }
    return { ...this.#measured(regime), months };
  }

  #settled(): World {
    if (this.#world === undefined) throw new Error("there is no world yet: settle one first");
    return this.#world;
  }

  #settleColumns(name: string, columns: Columns): void {
    const memory = this.#memory;
    memory.wholes(memory.room(`${name}_places`, WORD, columns.places.length)).set(columns.places.map(BigInt));
    memory.bytes(memory.room(`${name}_are_whole`, 1, columns.places.length)).set(columns.is_whole.map(Number));
  }

  #drawTables(
    name: string,
    seed: number | bigint,
    replicate: number,
    decisions: readonly Decision[],
    months: number,
    n: number,
  ): void {
    // prettier-ignore
    const memory = this.#memory;
    const tables = this.#luck(name, months, decisions.length, n);
    const streams = memory.room("streams", WORD, decisions.length);
    const normal = memory.room("normal", 1, decisions.length);
    memory.wholes(streams).set(decisions.map(({ stream }) => BigInt(stream)));
    memory.bytes(normal).set(decisions.map(({ kind }) => Number(kind === "normal")));
    memory.call("draw_tables", { seed, replicate, decisions: streams, normal, tables });
  }

  /** The room of tables of the luck in use. */
  #luck(name: string, ...shape: number[]): Room {
    return this.#memory.room(`${name} ${this.#slot}`, WORD, ...shape);
  }

  /** New records of a kind in the room of this name. */
  #fresh(name: string, kind: "council" | "director" | "sector", count: number): Room {
    const room = this.#memory.records(name, kind, count);
    const record = BigInt64Array.from(this.#engine.new_records[kind], BigInt);
    const words = this.#memory.wholes(room);
    for (let place = 0; place < count; place++) words.set(record, place * record.length);
    return room;
  }

  /** Bring a regime's terms and the state of month 0 into place. */
  #begin(regime: Deployed): void {
    const { months, facts } = this.#settled();
    const memory = this.#memory;
    const n = facts.length;
    const arms = regime.arms.length;
    memory.call("deploy_regime", {
      levers: this.#levers(regime),
      trusts: regime.trusts,
      coefficients: memory.records("coefficients", "coefficients", 1),
      parity: regime.parity,
      councils: n,
      arms: memory.cleared(memory.records("arms", "arm", arms)),
      deployments: memory.cleared(memory.records("deployments", "deployment", 1)),
    });
    memory.copy(memory.records("opening_councils", "council", n), memory.records("councils", "council", n));
    memory.copy(memory.records("opening_directors", "director", n), this.#directors());
    memory.copy(memory.records("opening_sectors", "sector", 1), memory.records("sectors", "sector", 1));
    memory.cleared(memory.records("rows", "month", months));
    for (const room of Object.values(this.#work(regime))) memory.cleared(room);
  }

  /** The levers of a regime's arms: those that are swept at their quantiles, those that are held at their values. */
  #levers({ arms, sweep, held }: Deployed): Room {
    const memory = this.#memory;
    const levers = memory.cleared(memory.records("levers", "arm_levers", arms.length));
    arms.forEach((arm, place) => memory.write(levers, "arm_levers", place, arm));
    if (sweep !== undefined) {
      const ranges = memory.room("ranges", WORD, arms.length, SWEPT);
      memory.reals(ranges).set(sweep.ranges.flat());
      const quantiles = memory.room("quantiles", WORD, sweep.quantiles.length);
      memory.reals(quantiles).set(sweep.quantiles);
      memory.call("sweep_levers", { levers, ranges, quantiles });
    }
    held?.forEach((arm, place) => memory.write(levers, "arm_levers", place, arm));
    return levers;
  }

  /** Rooms to work in. */
  #work({ arms, held }: Deployed): Record<string, Room> {
    const split = arms.map((arm, place) => ({ ...arm, ...held?.[place] })["givers_per_receiver"] ?? 0);
    const links = this.#settled().facts.length * split.reduce((sum, givers) => sum + givers, 0);
    return Object.fromEntries(
      Object.entries(this.#engine.work).map(([name, { bytes, size }]) => [
        name,
        this.#memory.room(name, bytes, this.#size(size, links)),
      ]),
    );
  }

  /** The room of all directors of a run. */
  #directors(): Room {
    return this.#memory.records("directors", "director", this.#size(this.#engine.directors));
  }

  /** How many items a room of this size holds; `links` are the most there can be at once. */
  #size(size: Size, links = 0): number {
    const { months, facts, regions } = this.#settled();
    const councils = facts.length;
    const counts: Record<Count, number> = {
      one: 1,
      councils,
      linked_councils: links > 0 ? councils : 0,
      regions,
      council_months: councils * months,
      followed_months: Math.min(this.#engine.spell_months, months),
      links,
    };
    return Object.entries(size).reduce((sum, [name, times]) => sum + times * counts[name as Count], 0);
  }

  /** Run on from the month in which the sector stands, until so many months are run. */
  #runMonths(regime: Deployed, until: number): void {
    const { months, facts, pause } = this.#settled();
    const memory = this.#memory;
    const n = facts.length;
    memory.call("run_months", {
      councils: memory.records("councils", "council", n),
      directors: this.#directors(),
      sectors: memory.records("sectors", "sector", 1),
      rows: memory.records("rows", "month", months),
      panel: memory.records("panel", "panel", months, 0),
      coefficients: memory.records("coefficients", "coefficients", 1),
      arms: memory.records("arms", "arm", regime.arms.length),
      deployments: memory.records("deployments", "deployment", 1),
      work: this.#work(regime),
      luck: this.#luck("luck", months, this.#engine.chance.monthly.length, n),
      gaps: memory.room("gaps", WORD, until),
      pause: { 0: pause[0], 1: pause[1] },
    });
  }

  #measured(regime: Deployed): Run {
    const { months, facts } = this.#settled();
    const memory = this.#memory;
    const n = facts.length;
    const values = memory.room("values", WORD, this.#engine.outcomes.length);
    memory.reals(values).fill(NaN);
    const paths = memory.room("path_values", WORD, months, this.#engine.paths.names.length);
    const measures = this.#engine.measures.names.length;
    const councils = memory.room("council_values", WORD, n, measures);
    const { at_risk, mended } = this.#work(regime);
    memory.call("measure_run", {
      months: this.#columns("paths", "rows", "month", months),
      councils: this.#columns("measures", "councils", "council", n),
      at_risk: at_risk as Room,
      mended: mended as Room,
      month_values: paths,
      council_values: councils,
      values,
    });
    const none = memory.room("none_values", WORD, n, measures);
    if (regime.name === NO_PROGRAMME.name) {
      memory.copy(councils, none);
      this.#paired = true;
    } else {
      memory.call("pair_runs", { councils, none, months, values });
    }
    return {
      regime: regime.name,
      outcomes: memory.reals(values).slice(),
      paths: memory.reals(paths).slice(),
      councils: memory.reals(councils).slice(),
    };
  }

  /** Records as `measure_run` reads them: the same memory as numbers and as whole numbers, and what to read of a row. */
  #columns(name: "paths" | "measures", of: string, kind: RecordName, count: number): Record<string, Room> {
    const memory = this.#memory;
    const { bytes } = memory.layout(kind);
    const words = { at: memory.records(of, kind, count).at, item: WORD, shape: [count, bytes / WORD] };
    const columns = this.#engine[name].places.length;
    return {
      0: words,
      1: words,
      2: memory.room(`${name}_places`, WORD, columns),
      3: memory.room(`${name}_are_whole`, 1, columns),
    };
  }

  /** What is to be seen at the end of a month. */
  #seen(month: number, followed: Followed): FollowedMonth {
    const { facts } = this.#settled();
    const memory = this.#memory;
    const n = facts.length;
    const sector = memory.records("sectors", "sector", 1);
    const [inUse = 0] = memory.column(sector, "sector", "directors", 1);
    const [linked = 0] = memory.column(sector, "sector", "links", 1);
    const councils = memory.records("councils", "council", n);
    const directors = this.#directors();
    const links = linked > 0 ? memory.records("links", "link", linked) : undefined;
    const link = (name: string): Float64Array =>
      links === undefined ? new Float64Array(0) : memory.column(links, "link", name, linked);
    const columns = (names: readonly string[], room: Room, kind: RecordName, count: number): ByName =>
      Object.fromEntries(names.map((name) => [name, memory.column(room, kind, name, count)]));
    return {
      month,
      councils: columns(followed.councils, councils, "council", n),
      directors: columns(followed.directors, directors, "director", inUse),
      links: { giver: link("giver"), receiver: link("receiver"), arm: link("arm"), days: link("days") },
    };
  }
}

type ByName = Record<string, Float64Array>;
