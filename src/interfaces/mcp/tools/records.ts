// Tools about records: the cross-reference, search, one record, and its match.
import { smallPages } from "./tool-parameters.ts";
import { describeAlbum, listTool, describePage, queryTool, describeRecord, tool, type Tool } from "./tool.ts";
import { requiredPhrase, integer } from "../../../queries/parameters/parameter.ts";
import { UsageError } from "../../../model/errors.ts";
import { quoteText, formatNameList, formatQuotedName } from "../../../model/names.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import { maxRejected, shortExplainSchema } from "../../../queries/documents/match-documents.ts";
import { haveSchema, recordSchema, recordSearchSchema } from "../../../queries/documents/record-documents.ts";
import * as have from "../../../queries/albums/have.ts";
import { describeReading, findRecords, type Hit } from "../../../queries/find/find-records.ts";
import { readRecordDocument, searchRecords } from "../../../queries/records/one-record.ts";
import { crossReferenceQuery } from "../../../queries/records/xref.ts";
import type { Database } from "../../../store/file/database.ts";

export const recordParameter = requiredPhrase(
  "its number as in collection.id, r123 a release, m123 a master, a discogs.com address, a catalogue number, a barcode, or words of artist and title",
);

/** Returns the answer of `read` for the record. Throws UsageError if no album or several albums fit. */
function withRecord<Answer>(
  database: Database,
  text: string,
  read: (database: Database, hit: Hit) => Answer | undefined,
): Answer {
  const { hits } = findRecords(database, [text]);
  const [hit] = hits;
  const answer = hit && read(database, hit);
  if (answer === undefined) {
    throw new UsageError(`no record fits ${quoteText(text)}`, "Look for it with search_records.");
  }
  if (hits.length === 1) return answer;
  const names = formatNameList(hits.map(([copy]) => `${copy.id} ${formatQuotedName(copy)}`));
  throw new UsageError(
    `${quoteText(text)} fits ${hits.length} albums`,
    `${names}\nGive the number of one of them.`,
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
      describePage(pagination, data.length, "record"),
      `In the whole collection ${summary.unlistened_count} were never played.`,
      ...data.map(describeRecord),
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
        const { document, reading } = searchRecords(database, query, { page, limit });
        const remark = describeReading("record", query, reading);
        const { data, pagination } = document;
        const lines = data.map(
          ({ id, artist, title, play_count: plays }) =>
            `#${id} ${formatQuotedName({ artist, title })}: ${pluralize(plays, "play")}`,
        );
        return {
          document,
          lines: [
            describePage(pagination, data.length, "album"),
            ...(remark === null ? [] : [remark]),
            ...lines,
          ],
        };
      }),
  }),
  queryTool({
    name: "have",
    title: "Do I own it",
    description:
      "Says whether a record is on the shelf, for example in a shop: yes, maybe or no. maybe means a typo or only some of the words, so name the record that was found. It also says whether it is wanted or played.",
    parameters: {
      query: recordParameter,
      limit: integer("rows in each list; summary counts them all", { min: 1, max: 50, defaultValue: 20 }),
    },
    outputSchema: haveSchema,
    answer: ({ query, limit }, { database }) =>
      have.buildHaveDocument(have.queryHave(database, { text: query }), limit),
    lines: ({ verdict, did_you_mean: readings, left_over: leftOver, records, played, summary }) => [
      `${verdict}: ${pluralize(summary.records, "record")}${records.length < summary.records ? `, the first ${records.length} listed` : ""}.`,
      ...(readings[0] === undefined ? [] : [`Read as ${quoteText(readings[0])}.`]),
      ...(leftOver.length === 0 ? [] : [`Left out: ${leftOver.map(quoteText).join(", ")}.`]),
      ...records.map(
        ({ collection: { id, artists, title }, form }) =>
          `#${id} ${formatQuotedName({ artist: artists.join(", "), title })}: ${quoteText(form)}`,
      ),
      ...(summary.wanted === 0 ? [] : [`${pluralize(summary.wanted, "release")} on the wantlist.`]),
      ...played.filter(({ owned }) => !owned).map(describeAlbum),
    ],
  }),
  queryTool({
    name: "get_record",
    title: "One record",
    description:
      "Everything known about one record: pressing, place, rating, plays, spins and the matched album.",
    parameters: { record: recordParameter },
    outputSchema: recordSchema,
    answer: ({ record }, { database }) => withRecord(database, record, readRecordDocument),
    lines: (record) => [describeRecord(record)],
  }),
  queryTool({
    name: "explain_match",
    title: "Why a record is matched",
    description:
      "Shows which albums a record's plays come from and why, which albums were compared and left out, and who decided: matcher or user.",
    parameters: { record: recordParameter },
    outputSchema: shortExplainSchema,
    async answer({ record }, { database }) {
      // The matcher is large, and nothing else needs it.
      const explain = await import("../../../queries/explain/explain-record.ts");
      const { rejected, ...explanation } = explain.buildExplanationDocument(
        withRecord(database, record, explain.queryExplanation),
      );
      return { ...explanation, rejected: rejected.slice(0, maxRejected), rejected_total: rejected.length };
    },
    lines({ record: { id, title }, decision: { match_type: type, rule, decided_by: by }, credited }) {
      const who = by === "user" ? "decided by the user" : `by the rule ${rule}`;
      return [`#${id} ${quoteText(title)}: ${type}, ${who}.`, ...credited.map(describeAlbum)];
    },
  }),
];
