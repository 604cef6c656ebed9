/**
 * A list that a stand-in serves and a test changes while it is served:
 *
 *   shelf.records.add(record);
 *   shelf.records.remove((record) => record.instanceId === 7);
 *   shelf.records.change((record) => record.instanceId === 8, (record) => ({ ...record, rating: 5 }));
 *
 * Sorted and grouped views are kept until the next change, so that long lists are served fast.
 */
export class Listing<Row> {
  #rows: Row[];
  readonly #views = new Map<string, unknown>();

  constructor(rows: Iterable<Row> = []) {
    this.#rows = [...rows];
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  add(...rows: readonly Row[]): void {
    this.set([...this.#rows, ...rows]);
  }

  remove(matches: (row: Row, index: number) => boolean): void {
    this.set(this.#rows.filter((row, index) => !matches(row, index)));
  }

  change(matches: (row: Row, index: number) => boolean, edit: (row: Row) => Row): void {
    this.set(this.#rows.map((row, index) => (matches(row, index) ? edit(row) : row)));
  }

  set(rows: Iterable<Row>): void {
    this.#rows = [...rows];
    this.#views.clear();
  }

  /** The answer of `compute`, computed again only after a change. */
  view<View>(name: string, compute: (rows: readonly Row[]) => View): View {
    if (!this.#views.has(name)) this.#views.set(name, compute(this.#rows));
    return this.#views.get(name) as View;
  }
}
