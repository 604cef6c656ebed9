// Questions that are answered as the command line answers them, with its filters and orders: gaps, dusty, pick, explain
// and search.
import { listRoute } from "./list-route.ts";
import { buildFilterParameters, readFilters } from "../parameters.ts";
import { queryRoute, type QueryRoute } from "../route.ts";
import {
  InvalidValueError,
  choice,
  pagingParameters,
  pathInteger,
  requiredPhrase,
  integer,
} from "../../../queries/parameters/parameter.ts";
import { UsageError } from "../../../model/errors.ts";
import * as have from "../../../queries/albums/have.ts";
import { cullQuery } from "../../../queries/albums/cull.ts";
import { dupesQuery } from "../../../queries/albums/dupes.ts";
import { dustyQuery } from "../../../queries/albums/dusty.ts";
import { gapsQuery } from "../../../queries/albums/gaps.ts";
import { recentQuery } from "../../../queries/albums/recent-plays.ts";
import { wantsQuery } from "../../../queries/albums/wants.ts";
import { recordFilters } from "../../../queries/parameters/list-query.ts";
import { pickRecords } from "../../../queries/shelf/query-state.ts";
import { topQuery } from "../../../queries/top/top.ts";
import { searchAll, searchDomains } from "../../../queries/albums/full-text.ts";
import { pickSchema } from "../../../queries/documents/album-documents.ts";
import { searchSchema } from "../../../queries/documents/hosted-listening-documents.ts";
import { explainSchema } from "../../../queries/documents/match-documents.ts";
import { haveSchema } from "../../../queries/documents/record-documents.ts";
import { findRecords } from "../../../queries/find/find-records.ts";

/** The error of the command line would quote the words. */
function translateWordsError(error: unknown): unknown {
  return error instanceof UsageError ? new InvalidValueError("q", "at most 200 different words") : error;
}

const hostedDomains = ["listening", "running", "watching", "collecting", "reading"] as const;

export const searchRoute = queryRoute("/v1/search", {
  summary: "Records, artists, albums and tracks by words",
  details:
    `Words may be in title or artist, in any order; exact titles come first, then what is played most. There is no data about
running, watching and reading. The modes semantic and hybrid search by words too and give the same answer; the hosted
service has them for reading only, so domain=reading is ignored with them. The entity_id of a release is the number of the
record, as in /v1/collecting/vinyl/{id}.`.replaceAll("\n", " "),
  parameters: {
    q: requiredPhrase("words of title or artist"),
    domain: choice("only this domain", hostedDomains, null),
    ...pagingParameters({ max: 100, defaultValue: 20 }),
    mode: choice("ranking; all modes give the same answer", ["keyword", "semantic", "hybrid"], "keyword"),
  },
  schema: searchSchema,
  answer({ q, domain, mode, page, limit }, { database }) {
    const isReading = domain === "reading" && mode !== "keyword";
    const domains = searchDomains.filter((each) => domain === null || isReading || each === domain);
    try {
      return searchAll(database, { text: q, domains, paging: { page, limit } });
    } catch (error) {
      throw translateWordsError(error);
    }
  },
});

export const collectionQueries: readonly QueryRoute[] = [
  queryRoute("/v1/collecting/have", {
    needsCollection: true,
    summary: "Whether you own a record",
    details:
      "The answer of rewind have --json, with the verdict yes, maybe or no. A format, a colour or a year among the words is a wish. records, wanted and played each end after limit; summary counts them all.",
    parameters: {
      q: requiredPhrase("words of artist and title, a record number, r123, a catalogue number or a barcode"),
      limit: integer("rows in each list", { min: 1, max: 100, defaultValue: 20 }),
    },
    schema: haveSchema,
    answer({ q, limit }, { database }) {
      try {
        return have.buildHaveDocument(have.queryHave(database, { text: q }), limit);
      } catch (error) {
        throw translateWordsError(error);
      }
    },
  }),
  listRoute(
    "/v1/collecting/gaps",
    {
      summary: "Albums that you play and do not own",
      details:
        "The answer of rewind gaps --json: albums and EPs with 10 plays or more on 4 tracks or more, unless plays, tracks or kind say otherwise.",
    },
    gapsQuery,
  ),
  listRoute(
    "/v1/collecting/dusty",
    {
      summary: "Albums that you used to play and have not played for a while",
      details: "The answer of rewind dusty --json: 5 spins or more, unless spins says otherwise.",
    },
    dustyQuery,
  ),
  listRoute(
    "/v1/collecting/cull",
    {
      summary: "Records that you could sell, with the reasons",
      details:
        "The answer of rewind cull --json. Records rated 4 or 5 are left out, unless rating says otherwise.",
    },
    cullQuery,
  ),
  listRoute(
    "/v1/collecting/dupes",
    { summary: "Albums that you own more than once", details: "The answer of rewind dupes --json." },
    dupesQuery,
  ),
  listRoute(
    "/v1/collecting/wants",
    {
      summary: "Your wantlist with the plays of each album",
      details: "The answer of rewind wants --json; /v1/collecting/wantlist has the hosted service's shape.",
    },
    wantsQuery,
  ),
  listRoute(
    "/v1/listening/plays",
    {
      summary: "Your plays with your records of each, the newest first",
      details: "The answer of rewind recent --json, with the plays that you logged.",
    },
    recentQuery,
  ),
  listRoute(
    "/v1/listening/top",
    {
      summary: "What you play most, and whether you own it",
      details: "The answer of rewind top --json: albums with all their editions, artists, or tracks.",
    },
    topQuery,
  ),
  queryRoute("/v1/collecting/pick", {
    needsCollection: true,
    isLasting: false,
    summary: "A record for tonight, the neglected ones first",
    details: "The answer of rewind pick --json. Proposals are not saved, so a request changes nothing.",
    parameters: {
      number: integer("how many", { min: 1, max: 100, defaultValue: 1 }),
      seed: integer("repeat a draw: the same number gives the same answer", { min: 0, defaultValue: null }),
      ...buildFilterParameters(recordFilters),
    },
    schema: pickSchema,
    answer({ number: count, seed, ...values }, state) {
      const filter = readFilters("records", values, state);
      return pickRecords({ filter, count, seed }, state);
    },
  }),
  queryRoute("/v1/collecting/explain/{id}", {
    needsCollection: true,
    summary: "Explain the match of a record",
    details:
      "The answer of rewind explain --json: the credited albums with their rules, and the rejected ones.",
    parameters: { id: pathInteger("the number of the record", { min: 1 }) },
    schema: explainSchema,
    failures: { 404: "no record has that number" },
    async answer({ id }, { database }) {
      // The matcher is large, and nothing else needs it.
      const { queryExplanation, buildExplanationDocument } =
        await import("../../../queries/explain/explain-record.ts");
      const { hits, by } = findRecords(database, [String(id)]);
      const [hit] = by === "record" ? hits : [];
      const answer = hit && queryExplanation(database, hit);
      return answer && buildExplanationDocument(answer);
    },
  }),
];
