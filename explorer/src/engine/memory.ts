/** The memory of an instance of the module: rooms for arrays by name, records in them, and calls of its functions. */

import type { Argument, EngineDescription, Layout, Numbers, RecordName } from "./types.js";

/** Where an array lies, how many bytes an item takes, and its shape. */
export interface Room {
  readonly at: number;
  readonly item: number;
  readonly shape: readonly number[];
}

/** A value for an argument: a room, a whole number, or the parts of a tuple by name. */
export type Value = Room | number | bigint | boolean | { readonly [part: string]: Value };

interface Exports {
  readonly memory: WebAssembly.Memory;
  reserve(bytes: number): number;
  release(): void;
}

const WORD = 8;
const WORDS_OF_A_CALL = 512;

/** An instance of the module, its rooms and its functions. */
export class Memory {
  readonly #exports: Exports & Readonly<Record<string, (block: number) => number>>;
  readonly #engine: EngineDescription;
  readonly #rooms = new Map<string, { at: number; bytes: number }>();

  constructor(module: WebAssembly.Module, engine: EngineDescription) {
    this.#engine = engine;
    this.#exports = new WebAssembly.Instance(module, {}).exports as never;
  }

  /** Give all rooms back. */
  release(): void {
    this.#exports.release();
    this.#rooms.clear();
  }

  /** The room of this name for items in this shape; what it held is still there if it was large enough. */
  room(name: string, item: number, ...shape: number[]): Room {
    const bytes = shape.reduce((product, length) => product * length, item);
    let held = this.#rooms.get(name);
    if (held === undefined || held.bytes < bytes) {
      // One more word, so that no two rooms lie at one place.
      held = { at: this.#exports.reserve(bytes + WORD), bytes };
      if (held.at === 0) throw new Error(`there is no memory left for ${bytes} bytes of ${name}`);
      this.#rooms.set(name, held);
    }
    return { at: held.at, item, shape };
  }

  /** A room for so many records. */
  records(name: string, kind: RecordName, ...shape: number[]): Room {
    return this.room(name, this.layout(kind).bytes, ...shape);
  }

  layout(kind: RecordName): Layout {
    return this.#engine.layouts[kind];
  }

  /** The numbers in a room, until memory grows: at the next room or call. */
  reals(room: Room): Float64Array {
    return new Float64Array(this.#exports.memory.buffer, room.at, bytesOf(room) / WORD);
  }

  wholes(room: Room): BigInt64Array {
    return new BigInt64Array(this.#exports.memory.buffer, room.at, bytesOf(room) / WORD);
  }

  bytes(room: Room): Uint8Array {
    return new Uint8Array(this.#exports.memory.buffer, room.at, bytesOf(room));
  }

  /** Set all bytes of a room to nought, and return it. */
  cleared(room: Room): Room {
    this.bytes(room).fill(0);
    return room;
  }

  /** Copy a room's bytes over the begin of another. */
  copy(from: Room, to: Room): void {
    new Uint8Array(this.#exports.memory.buffer).copyWithin(to.at, from.at, from.at + bytesOf(from));
  }

  /** Write numbers by name into the record at this place of a room. */
  write(room: Room, kind: RecordName, place: number, numbers: Numbers): void {
    const { bytes, fields } = this.layout(kind);
    const view = new DataView(this.#exports.memory.buffer, room.at + place * bytes, bytes);
    for (const [name, value] of Object.entries(numbers)) {
      const field = fields[name];
      if (field === undefined) throw new Error(`there is no ${name} in a record of ${kind}`);
      if (field.kind === "real") view.setFloat64(field.offset, value, true);
      else if (field.kind === "whole") view.setBigInt64(field.offset, BigInt(value), true);
      else view.setUint8(field.offset, value);
    }
  }

  /** One number of each of the first `count` records of a room. */
  column(room: Room, kind: RecordName, name: string, count: number): Float64Array {
    const { bytes, fields } = this.layout(kind);
    const field = fields[name];
    if (field === undefined) throw new Error(`there is no ${name} in a record of ${kind}`);
    const view = new DataView(this.#exports.memory.buffer, room.at, count * bytes);
    return Float64Array.from({ length: count }, (_, place) => {
      const at = place * bytes + field.offset;
      if (field.kind === "real") return view.getFloat64(at, true);
      return field.kind === "whole" ? Number(view.getBigInt64(at, true)) : view.getUint8(at);
    });
  }

  /**
   * Call a function of the module on these arguments by name.
   *
   * @throws Error it stopped, where Python would have raised an error.
   */
  call(name: string, values: Readonly<Record<string, Value>>): void {
    const described = this.#engine.functions[name];
    if (described === undefined) throw new Error(`there is no function ${name} in the engine`);
    const words: bigint[] = [];
    for (const [key, argument] of Object.entries(described)) addWords(words, `${name} ${key}`, argument, values[key]);
    const block = this.room("call", WORD, WORDS_OF_A_CALL);
    this.wholes(block).set(words);
    const status = this.#exports[name]?.(block.at);
    if (status !== 0) throw new Error(`the engine stopped in ${name} with status ${status}`);
  }
}

function bytesOf(room: Room): number {
  return room.shape.reduce((product, length) => product * length, room.item);
}

/** Add an argument's words: a number, a tuple's parts, or an array as Numba hands it on. */
function addWords(words: bigint[], name: string, argument: Argument, value: Value | undefined): void {
  if ("parts" in argument) {
    for (const [key, part] of Object.entries(argument.parts))
      addWords(words, `${name} ${key}`, part, (value as Record<string, Value> | undefined)?.[key]);
  } else if ("number" in argument) {
    if (typeof value === "object" || value === undefined) throw new Error(`${name}: expected a whole number`);
    words.push(BigInt(value));
  } else {
    const room = value as Room | undefined;
    if (room?.item !== argument.bytes || room.shape.length !== argument.dimensions)
      throw new Error(
        `${name}: expected an array of ${argument.dimensions} dimensions, ${argument.bytes} bytes an item`,
      );
    const strides = room.shape.map((_, k) => room.shape.slice(k + 1).reduce((product, n) => product * n, room.item));
    const count = room.shape.reduce((product, length) => product * length, 1);
    words.push(...[0, 0, count, room.item, room.at, ...room.shape, ...strides].map(BigInt));
  }
}
