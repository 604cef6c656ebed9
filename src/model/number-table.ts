// Numbers by id, in 8 bytes each. A Map takes some forty, and an object more.

const idsPerBlock = 4_096;

export type NumberTable = ReturnType<typeof createNumberTable>;

/** A table with a row of numbers for each id. NaN: not written. */
export function createNumberTable(columns: number) {
  const blocks = new Map<number, Float64Array>();
  return {
    get: (id: number, column = 0): number =>
      blocks.get(Math.floor(id / idsPerBlock))?.[(id % idsPerBlock) * columns + column] ?? Number.NaN,
    set(id: number, row: readonly number[]): void {
      const number = Math.floor(id / idsPerBlock);
      let block = blocks.get(number);
      if (block === undefined) {
        block = new Float64Array(idsPerBlock * columns).fill(Number.NaN);
        blocks.set(number, block);
      }
      block.set(row, (id % idsPerBlock) * columns);
    },
  };
}
