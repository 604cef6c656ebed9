// Questions that are answered as the command line answers them, with its filters and orders: the cross-reference, gaps,
// dusty, pick, explain and search.
import { filterParameters, readFilters, badValue, paging } from "../parameters.ts";
import { historyFailure, question } from "../route.ts";
import { orNotFound } from "./collecting.ts";
import {
  choice,
  optionalWhole,
  partWhole,
  toggle,
  whole,
  type Parameter,
  optionalChoice,
  requiredPhrase,
} from "../../parameters/parameter.ts";
import { UsageError } from "../../../model/errors.ts";
import { daySeconds } from "../../../model/times.ts";
import { ask as askDusty, document as dustyDocument } from "../../../queries/albums/dusty.ts";
import { searchAll, searchDomains, type SearchDomain } from "../../../queries/albums/full-text.ts";
import { gapSorts, ask as askGaps, document as gapsDocument } from "../../../queries/albums/gaps.ts";
import { ask as askPick, document as pickDocument } from "../../../queries/albums/pick.ts";
import { parseSpan } from "../../../queries/conditions/span.ts";
import { dustySchema, gapsSchema, pickSchema } from "../../../queries/documents/album-documents.ts";
import { searchSchema } from "../../../queries/documents/hosted-listening-documents.ts";
import { explainSchema } from "../../../queries/documents/match-documents.ts";
import { crossReferenceSchema } from "../../../queries/documents/record-documents.ts";
import { findRecords } from "../../../queries/find/find-records.ts";
import { sleeperSorts, recordSorts } from "../../../queries/records/record-order.ts";
import * as xref from "../../../queries/records/xref.ts";
import { readPublications } from "../../../store/file/listings.ts";

const reverse = toggle("reverse the order");

export const crossReference = question("/v1/collecting/cross-reference", {
  summary: "Your records with their plays: how often and when last",
  details:
    "The answer of rewind xref --json. The summary covers the whole collection, whatever the filter and page. An unknown sort or filter is an error.",
  parameters: {
    ...paging({ most: 100, usual: 20 }),
    sort: choice("the order", recordSorts, "plays"),
    reverse: toggle("reverse the order; unknown values stay last"),
    ...filterParameters("cross-reference"),
  },
  schema: crossReferenceSchema,
  failures: historyFailure,
  answer({ page, limit, sort, reverse: isReverse, ...others }, { database, nowUts }) {
    const filter = readFilters("cross-reference", others, { database, nowUts });
    const answer = xref.ask(database, {
      filter: { ...filter, isLastOfAllTime: true },
      order: { sort, reverse: isReverse },
      paging: { page, limit },
    });
    const list = xref.document(answer);
    return { ...list, data: [...list.data] };
  },
});

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
    const gapsQuestion = { filter, sort, reverse: isReverse, hidden, paging: { page, limit }, nowUts };
    return gapsDocument(askGaps(database, gapsQuestion));
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
    return document(orNotFound(hit === undefined ? undefined : ask(database, hit)));
  },
});

const hostedDomains = ["listening", "running", "watching", "collecting", "reading"] as const;

export const search = question("/v1/search", {
  summary: "Records, artists, albums and tracks by words",
  details:
    `Words may be in title or artist, in any order; exact titles come first, then what is played most. There is no data about
running, watching and reading. The modes semantic and hybrid search by words too and give the same answer; the hosted
service has them for reading only, so domain=reading is ignored with them. The entity_id of a release is the number of the
record, as in /v1/collecting/vinyl/{id}.`.replaceAll("\n", " "),
  parameters: {
    q: requiredPhrase("words of title or artist"),
    domain: optionalChoice("only this domain", hostedDomains),
    ...paging({ most: 100, usual: 20 }),
    mode: choice("ranking; all modes give the same answer", ["keyword", "semantic", "hybrid"], "keyword"),
  },
  schema: searchSchema,
  answer({ q, domain, mode, page, limit }, { database }) {
    const isReading = domain === "reading" && mode !== "keyword";
    const domains: readonly SearchDomain[] =
      domain === null || isReading ? searchDomains : searchDomains.filter((each) => each === domain);
    try {
      return searchAll(database, { text: q, domains, paging: { page, limit } });
    } catch (error) {
      if (error instanceof UsageError) throw badValue("q", "at most 200 different words");
      throw error;
    }
  },
});

export const shelfQuestions = [gaps, dusty, pick, explain];
