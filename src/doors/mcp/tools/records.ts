// Tools about records: the cross-reference, search, one record, and its match.
import { smallPages } from "./tool-parameters.ts";
import { albumLine, listTool, pageLine, question, recordLine, tool, type Tool } from "./tool.ts";
import { requiredPhrase, whole } from "../../../queries/parameters/parameter.ts";
import { UsageError } from "../../../model/errors.ts";
import { inQuotes, namedBriefly, quotedName } from "../../../model/names.ts";
import { counted } from "../../../output/number-text.ts";
import { mostRejected, shortExplainSchema } from "../../../queries/documents/match-documents.ts";
import { haveSchema, recordSchema, recordSearchSchema } from "../../../queries/documents/record-documents.ts";
import * as have from "../../../queries/albums/have.ts";
import { describeReading, findRecords, type Hit } from "../../../queries/find/find-records.ts";
import { recordInFull, search } from "../../../queries/records/one-record.ts";
import { crossReferenceQuery } from "../../../queries/records/xref.ts";
import type { Database } from "../../../store/file/database.ts";

export const recordParameter = requiredPhrase(
  "its number as in collection.id, r123 a release, m123 a master, a discogs.com address, a catalogue number, a barcode, or words of artist and title",
);

/** Returns the answer of `read` for the record. Throws UsageError if no album or several albums fit. */
function ofRecord<Answer>(
  database: Database,
  text: string,
  read: (database: Database, hit: Hit) => Answer | undefined,
): Answer {
  const { hits } = findRecords(database, [text]);
  const [hit] = hits;
  const answer = hit && read(database, hit);
  if (answer === undefined) {
    throw new UsageError(`no record fits ${inQuotes(text)}`, "Look for it with search_records.");
  }
  if (hits.length === 1) return answer;
  const names = namedBriefly(hits.map(([copy]) => `${copy.id} ${quotedName(copy)}`));
  throw new UsageError(
    `${inQuotes(text)} fits ${hits.length} albums: ${names}`,
    "Give the number of one of them.",
  );
}

export const recordTools: readonly Tool[] = [
  listTool(
    {
      name: "cross_reference",
      title: "Records with their plays",
      description:
        "Lists the records of the collection with how often and when each was last played. filter unlistened lists records that were never played. The summary covers the whole collection.",
    },
    crossReferenceQuery,
    ({ data, summary, pagination }) => [
      pageLine(pagination, data.length, "record"),
      `In the whole collection ${summary.unlistened_count} were never played.`,
      ...data.map(recordLine),
    ],
  ),
  tool({
    name: "search_records",
    title: "Find records",
    description:
      "Finds records of the collection by words, number or address. Use it to get the record number that other tools take.",
    parameters: {
      query: requiredPhrase(
        "words of artist and title, a record's number, r123, m123, a discogs.com address, a catalogue number, or a barcode",
      ),
      ...smallPages,
    },
    outputSchema: recordSearchSchema,
    answer: ({ query, page, limit }, shelf) =>
      shelf.read(({ database }) => {
        const { document, reading } = search(database, query, { page, limit });
        const remark = describeReading("record", query, reading);
        const { data, pagination } = document;
        const lines = data.map(
          ({ id, artist, title, play_count: plays }) =>
            `#${id} ${quotedName({ artist, title })}: ${plays === 1 ? "1 play" : `${plays} plays`}`,
        );
        return {
          document,
          lines: [pageLine(pagination, data.length, "album"), ...(remark === null ? [] : [remark]), ...lines],
        };
      }),
  }),
  question({
    name: "have",
    title: "Do I own it",
    description:
      "Says whether a record is on the shelf, for example in a shop: yes, maybe or no. maybe means a typo or only some of the words, so name the record that was found. It also says whether it is wanted or played.",
    parameters: {
      query: recordParameter,
      limit: whole("rows in each list; summary counts them all", { least: 1, most: 50, usual: 20 }),
    },
    outputSchema: haveSchema,
    answer: ({ query, limit }, { database }) => have.document(have.ask(database, { text: query }), limit),
    lines: ({ verdict, did_you_mean: readings, left_over: leftOver, records, played, summary }) => [
      `${verdict}: ${counted(summary.records, "record")}${records.length < summary.records ? `, the first ${records.length} listed` : ""}.`,
      ...(readings[0] === undefined ? [] : [`Read as ${inQuotes(readings[0])}.`]),
      ...(leftOver.length === 0 ? [] : [`Left out: ${leftOver.map(inQuotes).join(", ")}.`]),
      ...records.map(
        ({ collection: { id, artists, title }, form }) =>
          `#${id} ${quotedName({ artist: artists.join(", "), title })}: ${inQuotes(form)}`,
      ),
      ...(summary.wanted === 0 ? [] : [`${counted(summary.wanted, "release")} on the wantlist.`]),
      ...played.filter(({ owned }) => !owned).map(albumLine),
    ],
  }),
  question({
    name: "get_record",
    title: "One record",
    description:
      "Everything known about one record: pressing, place, rating, plays, spins and the matched album.",
    parameters: { record: recordParameter },
    outputSchema: recordSchema,
    answer: ({ record }, { database }) => ofRecord(database, record, recordInFull),
    lines: (record) => [recordLine(record)],
  }),
  question({
    name: "explain_match",
    title: "Why a record is matched",
    description:
      "Shows which albums a record's plays come from and why, which albums were compared and left out, and who decided: matcher or user.",
    parameters: { record: recordParameter },
    outputSchema: shortExplainSchema,
    async answer({ record }, { database }) {
      // The matcher is large, and nothing else needs it.
      const explain = await import("../../../queries/explain/explain-record.ts");
      const { rejected, ...explanation } = explain.document(ofRecord(database, record, explain.ask));
      return { ...explanation, rejected: rejected.slice(0, mostRejected), rejected_total: rejected.length };
    },
    lines({ record: { id, title }, decision: { match_type: type, rule, decided_by: by }, credited }) {
      const who = by === "user" ? "decided by the user" : `by the rule ${rule}`;
      return [`#${id} ${inQuotes(title)}: ${type}, ${who}.`, ...credited.map(albumLine)];
    },
  }),
];
