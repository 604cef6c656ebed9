// Questions that are answered as the command line answers them, with its filters and orders: the cross-reference, gaps,
// dusty, pick, explain and search.
import { filterParameters, readFilters } from "../parameters.ts";
import { historyFailure, question, type Question } from "../route.ts";
import { BadValue, choice, paging, partWhole, requiredPhrase, whole } from "../../parameters/parameter.ts";
import * as shared from "../../parameters/shared-questions.ts";
import type { SharedList } from "../../parameters/shared-questions.ts";
import { UsageError } from "../../../model/errors.ts";
import * as have from "../../../queries/albums/have.ts";
import { searchAll, searchDomains } from "../../../queries/albums/full-text.ts";
import { pickSchema } from "../../../queries/documents/album-documents.ts";
import { searchSchema } from "../../../queries/documents/hosted-listening-documents.ts";
import { explainSchema } from "../../../queries/documents/match-documents.ts";
import { haveSchema } from "../../../queries/documents/record-documents.ts";
import { findRecords } from "../../../queries/find/find-records.ts";

function listRoute(
  path: string,
  texts: Pick<Question, "summary" | "details">,
  { subject, parameters, schema, answer }: SharedList<object>,
): Question {
  return question(path, {
    ...texts,
    parameters: { ...paging({ most: 100, usual: 20 }), ...parameters, ...filterParameters(subject) },
    schema,
    failures: historyFailure,
    answer({ page, limit, ...values }, state) {
      const filter = readFilters(subject, values, state);
      return answer({ ...values, filter, paging: { page, limit } }, state);
    },
  });
}

export const crossReference = listRoute(
  "/v1/collecting/cross-reference",
  {
    summary: "Your records with their plays: how often and when last",
    details:
      "The answer of rewind xref --json. The summary covers the whole collection, whatever the filter and page. An unknown sort or filter is an error.",
  },
  shared.crossReference,
);

/** The error of the command line would quote the words. */
function tooManyWords(error: unknown): unknown {
  return error instanceof UsageError ? new BadValue("q", "at most 200 different words") : error;
}

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
    domain: choice("only this domain", hostedDomains, null),
    ...paging({ most: 100, usual: 20 }),
    mode: choice("ranking; all modes give the same answer", ["keyword", "semantic", "hybrid"], "keyword"),
  },
  schema: searchSchema,
  answer({ q, domain, mode, page, limit }, { database }) {
    const isReading = domain === "reading" && mode !== "keyword";
    const domains = searchDomains.filter((each) => domain === null || isReading || each === domain);
    try {
      return searchAll(database, { text: q, domains, paging: { page, limit } });
    } catch (error) {
      throw tooManyWords(error);
    }
  },
});

export const shelfQuestions: readonly Question[] = [
  question("/v1/collecting/have", {
    summary: "Whether you own a record",
    details:
      "The answer of rewind have --json, with the verdict yes, maybe or no. A format, a colour or a year among the words is a wish. records, wanted and played each end after limit; summary counts them all.",
    parameters: {
      q: requiredPhrase("words of artist and title, a record number, r123, a catalogue number or a barcode"),
      limit: whole("rows in each list", { least: 1, most: 100, usual: 20 }),
    },
    schema: haveSchema,
    answer({ q, limit }, { database }) {
      try {
        return have.document(have.ask(database, { text: q }), limit);
      } catch (error) {
        throw tooManyWords(error);
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
    shared.gapsList,
  ),
  listRoute(
    "/v1/collecting/dusty",
    {
      summary: "Albums that you used to play and have not played for a while",
      details: "The answer of rewind dusty --json: 5 spins or more, unless spins says otherwise.",
    },
    shared.dustyList,
  ),
  question("/v1/collecting/pick", {
    isLasting: false,
    summary: "A record for tonight, the neglected ones first",
    details: "The answer of rewind pick --json. Proposals are not saved, so a request changes nothing.",
    parameters: {
      number: whole("how many", { least: 1, most: 100, usual: 1 }),
      seed: whole("repeat a draw: the same number gives the same answer", { least: 0, usual: null }),
      ...filterParameters("records"),
    },
    schema: pickSchema,
    failures: historyFailure,
    answer({ number: count, seed, ...values }, state) {
      const filter = readFilters("records", values, state);
      return shared.pickedRecords({ filter, count, seed }, state);
    },
  }),
  question("/v1/collecting/explain/{id}", {
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
      const answer = hit && ask(database, hit);
      return answer && document(answer);
    },
  }),
];
