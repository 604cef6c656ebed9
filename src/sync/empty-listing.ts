// An empty listing is also what a fault looks like: where rows are known, it isn't believed at once.
import { ServiceError } from "../errors.ts";
import type { Page } from "../sources/services.ts";

const readings = 2;

/** Reads again while the listing says that it is empty and shouldn't be; what it says at last is taken. */
export async function readDespiteEmpty<Row>(
  read: () => Promise<Page<Row>>,
  isSurprising: () => boolean,
): Promise<Page<Row>> {
  let page = await read();
  for (let tries = 1; page.total === 0 && tries < readings && isSurprising(); tries += 1) {
    page = await read();
  }
  return page;
}

/** Nothing where much was known is taken for a fault until the user says otherwise. */
export function refuseEmpty(what: string, cached: number): ServiceError {
  return new ServiceError(
    `${what} came back empty, but ${cached} are cached: they were kept`,
    "Try again later: rewind sync. If it really is empty: rewind sync --full",
  );
}
