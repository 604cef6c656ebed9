// An empty listing is also what a fault looks like: where rows are known, it isn't believed at once.
import { ServiceError } from "../../model/errors.ts";

const readings = 2;

interface Listed {
  readonly rows: readonly unknown[];
  /** null: not counted. */
  readonly total: number | null;
}

/** Reads again while the listing says that it is empty and shouldn't be; what it says at last is taken. */
export async function readDespiteEmpty<Read extends Listed>(
  read: () => Promise<Read>,
  isSurprising: () => boolean,
): Promise<Read> {
  let page = await read();
  for (let tries = 1; isEmpty(page) && tries < readings && isSurprising(); tries += 1) {
    page = await read();
  }
  return page;
}

function isEmpty({ rows, total }: Listed): boolean {
  return total === null ? rows.length === 0 : total === 0;
}

/** Nothing where much was known is taken for a fault until the user says otherwise. */
export function refuseEmpty(what: string, cached: number): ServiceError {
  return new ServiceError(
    `${what} came back empty, but ${cached} are cached: they were kept`,
    "Try again later: rewind sync. If it really is empty: rewind sync --full",
  );
}
