/** Maps rows lazily. The result can be iterated as often as `rows`. */
export function mapped<Row, Made>(rows: Iterable<Row>, make: (row: Row) => Made): Iterable<Made> {
  return {
    *[Symbol.iterator]() {
      for (const row of rows) yield make(row);
    },
  };
}
