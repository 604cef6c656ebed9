// Parameters of HTTP alone: pages, days and instants.
import { daysIn, localDayOf } from "../../model/times.ts";
import { whole, type Parameter } from "../parameters/parameter.ts";
import { day, instant } from "../../queries/documents/json-schema.ts";
import { Problem } from "./problem.ts";

export function badValue(name: string, allowed: string): Problem {
  return new Problem(400, `${name} takes ${allowed}`);
}

export function paging({ most, usual }: { readonly most: number; readonly usual: number }) {
  return {
    page: whole("page number, from 1", { least: 1, most: 1_000_000_000, usual: 1 }),
    limit: whole("rows per page", { least: 1, most, usual }),
  };
}

const dayPattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** A day or an instant as unix seconds: its start, and the first second after it. */
interface Stretch {
  readonly fromUts: number;
  readonly toUts: number;
}

function stretchOf(text: string): Stretch | undefined {
  if (dayPattern.test(text)) {
    const [year = 0, month = 0, date = 0] = text.split("-").map(Number);
    if (month < 1 || month > 12 || date < 1 || date > daysIn(year, month - 1)) return undefined;
    const { fromUts, toUts } = localDayOf(year, month - 1, date);
    return { fromUts, toUts };
  }
  if (!instantPattern.test(text)) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return undefined;
  const uts = Math.floor(ms / 1000);
  return { fromUts: uts, toUts: uts + 1 };
}

function stretch(meaning: string, { isDay }: { readonly isDay: boolean }): Parameter<Stretch | null> {
  return {
    meaning,
    schema: isDay ? day() : { anyOf: [day(), instant()] },
    read: (name, [text]) => {
      if (text === undefined) return null;
      const found = isDay && !dayPattern.test(text) ? undefined : stretchOf(text);
      if (found !== undefined) return found;
      throw badValue(
        name,
        isDay ? "a day: 2026-02-15" : "a day or an instant: 2026-02-15, 2026-02-15T20:00:00Z",
      );
    },
  };
}

/** Local days; both ends are included. */
export const dates = {
  date: stretch("one local day", { isDay: true }),
  from: stretch("first local day, or an instant", { isDay: false }),
  to: stretch("last local day, or an instant", { isDay: false }),
};

interface Dates {
  readonly date?: Stretch | null;
  readonly from: Stretch | null;
  readonly to: Stretch | null;
}

/** The requested span; null: all time. `date` takes precedence over `from` and `to`. */
export function spanOf({ date = null, from, to }: Dates): {
  readonly fromUts: number | null;
  readonly toUts: number | null;
} | null {
  if (date !== null) return date;
  if (from === null && to === null) return null;
  if (from !== null && to !== null && from.fromUts >= to.toUts) {
    throw new Problem(400, "from takes a day that is not after the one of to");
  }
  return { fromUts: from?.fromUts ?? null, toUts: to?.toUts ?? null };
}
