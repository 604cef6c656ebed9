// Tools about records: the cross-reference, search, one record, and its match.
import { filterParameters, readRecords, paging } from "./tool-parameters.ts";
import { albumLine, pageLine, recordLine, tool } from "./tool.ts";
import { choice, phrase, requiredPhrase, toggle } from "../../parameters/parameter.ts";
import { UsageError } from "../../../model/errors.ts";
import { inQuotes, quotedName } from "../../../model/names.ts";
import {
  mostRejected,
  shortExplainSchema,
  type ShortExplanation,
} from "../../../queries/documents/match-documents.ts";
import {
  crossReferenceSchema,
  recordSchema,
  recordSearchSchema,
} from "../../../queries/documents/record-documents.ts";
import { findRecords, type Hit } from "../../../queries/find/find-records.ts";
import { recordInFull, search } from "../../../queries/records/one-record.ts";
import { recordSorts } from "../../../queries/records/record-order.ts";
import * as xref from "../../../queries/records/xref.ts";
import type { Database } from "../../../store/file/database.ts";

const mostNamed = 6;

export const recordParameter = requiredPhrase(
  "its number as in collection.id, r123 a release, m123 a master, a discogs.com address, or words of artist and title",
);

/** Throws UsageError if no album or several albums fit. */
function chosenRecord(database: Database, text: string): Hit {
  const { hits } = findRecords(database, [text]);
  const [hit] = hits;
  if (hit === undefined) {
    throw new UsageError(`no record fits ${inQuotes(text)}`, "Look for it with search_records.");
  }
  if (hits.length === 1) return hit;
  const names = hits
    .slice(0, mostNamed)
    .map(([{ id, artist, title }]) => `${id} ${quotedName({ artist, title })}`);
  const more = hits.length > mostNamed ? `, and ${hits.length - mostNamed} more` : "";
  throw new UsageError(
    `${inQuotes(text)} fits ${hits.length} albums: ${names.join(", ")}${more}`,
    "Give the number of one of them.",
  );
}

const during = phrase("count only plays in this span: 2024, 2024-06.., 1y, last-month");

export const crossReference = tool({
  name: "cross_reference",
  title: "Records with their plays",
  description:
    "Lists the records of the collection with how often and when each was last played. filter unlistened lists records that were never played. The summary covers the whole collection.",
  parameters: {
    ...paging,
    sort: choice("the order", recordSorts, "plays"),
    reverse: toggle("reverse the order"),
    ...filterParameters("cross-reference"),
    during,
  },
  outputSchema: crossReferenceSchema,
  async answer({ page, limit, sort, reverse, ...values }, shelf) {
    const read = readRecords(values, shelf.nowUts());
    return shelf.read(async (database) => {
      const answer = xref.ask(database, {
        filter: { ...read, isLastOfAllTime: true },
        order: { sort, reverse },
        paging: { page, limit },
      });
      const { data, ...rest } = xref.document(answer);
      const rows = [...data];
      return {
        document: { data: rows, ...rest },
        lines: [
          pageLine(rest.pagination, rows.length, "record"),
          `In the whole collection ${rest.summary.unlistened_count} were never played.`,
          ...rows.map(recordLine),
        ],
      };
    });
  },
});

export const searchRecords = tool({
  name: "search_records",
  title: "Find records",
  description:
    "Finds records of the collection by words, number or address. Use it to get the record number that other tools take.",
  parameters: {
    query: requiredPhrase(
      "words of artist and title, a record's number, r123, m123, or a discogs.com address",
    ),
    ...paging,
  },
  outputSchema: recordSearchSchema,
  answer: ({ query, page, limit }, shelf) =>
    shelf.read((database) => {
      const { document, areInside } = search(database, query, { page, limit });
      const { data, pagination } = document;
      const lines = data.map(
        ({ id, artist, title, play_count: plays }) =>
          `#${id} ${quotedName({ artist, title })}: ${plays === 1 ? "1 play" : `${plays} plays`}`,
      );
      return {
        document,
        lines: [
          pageLine(pagination, data.length, "album"),
          ...(areInside ? ["No record has words that begin like this. These have them inside words."] : []),
          ...lines,
        ],
      };
    }),
});

export const getRecord = tool({
  name: "get_record",
  title: "One record",
  description:
    "Everything known about one record: pressing, place, rating, plays, spins and the matched album.",
  parameters: { record: recordParameter },
  outputSchema: recordSchema,
  answer: ({ record }, shelf) =>
    shelf.read((database) => {
      const document = recordInFull(database, chosenRecord(database, record));
      if (document === undefined) throw leftTheShelf();
      return { document, lines: [recordLine(document)] };
    }),
});

export const explainMatch = tool({
  name: "explain_match",
  title: "Why a record is matched",
  description:
    "Shows which albums a record's plays come from and why, which albums were compared and left out, and who decided: matcher or user.",
  parameters: { record: recordParameter },
  outputSchema: shortExplainSchema,
  answer: ({ record }, shelf) =>
    shelf.read(async (database) => {
      // The matcher is large, and nothing else needs it.
      const explain = await import("../../../queries/explain/explain-record.ts");
      const answer = explain.ask(database, chosenRecord(database, record));
      if (answer === undefined) throw leftTheShelf();
      const explanation = explain.document(answer);
      const document: ShortExplanation = {
        ...explanation,
        rejected: explanation.rejected.slice(0, mostRejected),
        rejected_total: explanation.rejected.length,
      };
      const { match_type: type, rule, decided_by: by } = explanation.decision;
      return {
        document,
        lines: [
          `#${explanation.record.id} ${inQuotes(explanation.record.title)}: ${type}, ${by === "user" ? "decided by the user" : `by the rule ${rule}`}.`,
          ...explanation.credited.map((album) =>
            albumLine({
              id: album.id,
              artist: album.artist_name,
              title: album.album_name,
              plays: album.play_count,
            }),
          ),
        ],
      };
    }),
});

function leftTheShelf(): UsageError {
  return new UsageError("the record is no longer in the collection", "Look for it with search_records.");
}
