// Questions that the hosted service does not have: gaps, dusty, pick and explain. Filters, orders and answers are those of the
// command line.
import { daySeconds } from "../../../model/times.ts";
import { ask as askDusty, document as dustyDocument } from "../../../queries/albums/dusty.ts";
import { parseSpan } from "../../../queries/conditions/span.ts";
import { findRecords } from "../../../queries/find/find-records.ts";
import { gapSorts } from "../../../queries/albums/gap-order.ts";
import { ask as askGaps, document as gapsDocument } from "../../../queries/albums/gaps.ts";
import { ask as askPick, document as pickDocument } from "../../../queries/albums/pick.ts";
import { sleeperSorts } from "../../../queries/records/record-order.ts";
import { dustySchema, gapsSchema, pickSchema } from "../../../queries/documents/album-documents.ts";
import { explainSchema } from "../../../queries/documents/match-documents.ts";
import { readPublications } from "../../../store/file/listings.ts";
import { filterParameters, readFilters } from "../filter-parameters.ts";
import {
  choice,
  optionalWhole,
  partWhole,
  toggle,
  whole,
  type Parameter,
} from "../../parameters/parameter.ts";
import { badValue, paging } from "../date-parameters.ts";
import { historyFailure, question } from "../route.ts";
import { found } from "./collecting.ts";

const reverse = toggle("reverse the order");

const gaps = question("/v1/collecting/gaps", {
  summary: "Albums that you play and do not own",
  details:
    "The answer of rewind gaps --json: albums and EPs with 10 plays or more on 4 tracks or more, unless plays, tracks or kind say otherwise.",
  parameters: {
    ...paging({ most: 100, usual: 20 }),
    sort: choice("the order", gapSorts, "plays"),
    reverse,
    hidden: toggle("list the hidden albums instead"),
    ...filterParameters("albums"),
  },
  schema: gapsSchema,
  failures: historyFailure,
  answer({ page, limit, sort, reverse: isReverse, hidden, ...others }, { database, nowUts }) {
    const filter = readFilters("albums", others, { database, nowUts });
    const asked = { filter, sort, reverse: isReverse, hidden, paging: { page, limit }, nowUts };
    return gapsDocument(askGaps(database, asked));
  },
});

const idlePattern = /^\d{1,4}(d|w|mo|y)$/;

const idle: Parameter<string> = {
  meaning: "no spin for at least this long",
  schema: { type: "string", pattern: idlePattern.source, default: "12mo" },
  read: (name, [text = "12mo"]) => {
    if (idlePattern.test(text)) return text;
    throw badValue(name, "a time like 90d, 12mo or 2y");
  },
};

const dusty = question("/v1/collecting/dusty", {
  summary: "Albums that you used to play and have not played for a while",
  details: "The answer of rewind dusty --json: 5 spins or more, unless spins says otherwise.",
  parameters: {
    ...paging({ most: 100, usual: 20 }),
    sort: choice("the order", sleeperSorts, "asleep"),
    reverse,
    idle,
    ...filterParameters("records"),
  },
  schema: dustySchema,
  failures: historyFailure,
  answer({ page, limit, sort, reverse: isReverse, idle: time, ...others }, { database, nowUts }) {
    if (readPublications(database).size === 0) {
      return { data: [], summary: { total: 0 }, pagination: { page, limit, total: 0, total_pages: 0 } };
    }
    const filter = readFilters("records", others, { database, nowUts });
    const answer = askDusty(database, {
      filter: { ...filter, spins: filter.spins ?? [{ least: 5, most: null }] },
      idleFromUts: parseSpan("idle", time, nowUts).fromUts ?? nowUts,
      sort,
      reverse: isReverse,
      paging: { page, limit },
    });
    return dustyDocument(answer);
  },
});

/** A picked album is not proposed again within this time. */
const monthSeconds = 31 * daySeconds;

const pick = question("/v1/collecting/pick", {
  isLasting: false,
  summary: "A record for tonight, the neglected ones first",
  details: "The answer of rewind pick --json. Proposals are not saved, so a request changes nothing.",
  parameters: {
    number: whole("how many", { least: 1, most: 100, usual: 1 }),
    seed: optionalWhole("repeat a draw: the same number gives the same answer", { least: 0 }),
    ...filterParameters("records"),
  },
  schema: pickSchema,
  failures: historyFailure,
  answer({ number: count, seed, ...others }, { database, nowUts, random, shelfField, whyPicked }) {
    const filter = readFilters("records", others, { database, nowUts });
    const answer = askPick(database, {
      filter,
      count,
      seed,
      random,
      proposedSinceUts: nowUts - monthSeconds,
      nowUts,
      shelfField,
    });
    return pickDocument(answer, (row) => whyPicked(row, nowUts));
  },
});

const explain = question("/v1/collecting/explain/{id}", {
  summary: "Explain the match of a record",
  details:
    "The answer of rewind explain --json: the credited albums with their rules, and the rejected ones.",
  parameters: { id: partWhole("the number of the record", { least: 1 }) },
  schema: explainSchema,
  failures: { 404: "no record has that number" },
  async answer({ id }, { database }) {
    // The matcher is large, and nothing else needs it.
    const { ask, document } = await import("../../../queries/explain/explain-record.ts");
    const { hits, by } = findRecords(database, [String(id)]);
    const [hit] = by === "record" ? hits : [];
    return document(found(hit === undefined ? undefined : ask(database, hit)));
  },
});

export const questionRoutes = [gaps, dusty, pick, explain];
