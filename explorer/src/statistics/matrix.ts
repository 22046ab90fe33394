/** Numbers of runs: a row a parameter set, a column a replicate, NaN where there is none (yet). */

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A matrix of the same shape as both, of one less the other. */
export function less(one: Matrix, other: Matrix): Matrix {
  return combined(one, other, (a, b) => a - b);
}

/** A matrix of the same shape as both, made entry by entry. */
export function combined(one: Matrix, other: Matrix, by: (a: number, b: number) => number): Matrix {
  return { ...one, values: one.values.map((value, place) => by(value, other.values[place] ?? NaN)) };
}

/** A matrix of the same shape, made entry by entry. */
export function mapped(one: Matrix, by: (value: number) => number): Matrix {
  return { ...one, values: one.values.map(by) };
}

/** The rows that are wanted, in their order. */
export function someRows(matrix: Matrix, wanted: readonly boolean[]): Matrix {
  const rows = wanted.flatMap((is, row) => (is ? [rowOf(matrix, row)] : []));
  const values = new Float64Array(rows.length * matrix.columns);
  rows.forEach((row, place) => values.set(row, place * matrix.columns));
  return { rows: rows.length, columns: matrix.columns, values };
}

/** A matrix without one of its columns. */
export function withoutColumn(matrix: Matrix, column: number): Matrix {
  const values = matrix.values.filter((_, place) => place % matrix.columns !== column);
  return { rows: matrix.rows, columns: matrix.columns - 1, values };
}

export function rowOf(matrix: Matrix, row: number): Float64Array {
  return matrix.values.subarray(row * matrix.columns, (row + 1) * matrix.columns);
}

/** The mean of each row's known numbers; NaN for a row without any. */
export function rowMeans(matrix: Matrix): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, row) => mean(rowOf(matrix, row)));
}

/** The mean of the finite ones; NaN where there is none. */
export function mean(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  let sum = 0;
  let whole = 0;
  for (let place = 0; place < values.length; place++) {
    const value = values[place] ?? NaN;
    const weight = weights === undefined ? 1 : (weights[place] ?? 0);
    if (Number.isFinite(value)) {
      sum += value * weight;
      whole += weight;
    }
  }
  return whole > 0 ? sum / whole : NaN;
}

/** How many equally weighted sets say as much (Kish). */
export function effectiveSets(weights: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let place = 0; place < weights.length; place++) {
    const weight = weights[place] ?? 0;
    sum += weight;
    squares += weight * weight;
  }
  return (sum * sum) / squares;
}

/** The sum of numbers. */
export function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let place = 0; place < values.length; place++) sum += values[place] ?? NaN;
  return sum;
}
