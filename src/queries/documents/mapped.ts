// Rows made of rows, one at a time.

/** Can be gone through again, as what it is made of. */
export function mapped<Row, Made>(rows: Iterable<Row>, make: (row: Row) => Made): Iterable<Made> {
  return {
    *[Symbol.iterator]() {
      for (const row of rows) yield make(row);
    },
  };
}
