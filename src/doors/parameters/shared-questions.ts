// Questions about the shelf that HTTP and MCP both ask, with the filters of the command line.
import { BadValue, choice, toggle, type Parameter, type Parameters, type ValuesOf } from "./parameter.ts";
import { daySeconds } from "../../model/times.ts";
import * as dusty from "../../queries/albums/dusty.ts";
import * as gaps from "../../queries/albums/gaps.ts";
import * as pick from "../../queries/albums/pick.ts";
import { dustySchema, gapsSchema, type PickDocument } from "../../queries/documents/album-documents.ts";
import type { Schema } from "../../queries/documents/json-schema.ts";
import type { Paging } from "../../queries/documents/paging.ts";
import { crossReferenceSchema } from "../../queries/documents/record-documents.ts";
import type { Subject } from "../../queries/filters/all-filters.ts";
import type { RecordFilter } from "../../queries/filters/record-filter.ts";
import { recordSorts } from "../../queries/records/record-order.ts";
import * as xref from "../../queries/records/xref.ts";
import type { Database } from "../../store/file/database.ts";

/** The cache, the time and the settings that an answer depends on besides its parameters. */
export interface QuestionState {
  readonly database: Database;
  readonly nowUts: number;
  /** The setting shelf_field. */
  readonly shelfField: string | null;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Says in a sentence why a record was picked. */
  readonly whyPicked: (album: pick.PickRow["album"], nowUts: number) => string;
}

interface Selection {
  readonly filter: RecordFilter;
  readonly paging: Paging;
}

export interface SharedList<Document extends object> {
  /** The subject of its filters. */
  readonly subject: Subject;
  /** Its own parameters; the doors add the filters and the page. */
  readonly parameters: Parameters;
  readonly schema: Schema<Document>;
  answer(this: void, values: Readonly<Record<string, unknown>> & Selection, state: QuestionState): Document;
}

type ListParts<Table extends Parameters, Document extends object> = Omit<SharedList<Document>, "answer"> & {
  readonly parameters: Table;
  answer(this: void, values: ValuesOf<Table> & Selection, state: QuestionState): Document;
};

/** Gives the values the types of the parameters. */
function list<Table extends Parameters, Document extends object>(
  parts: ListParts<Table, Document>,
): SharedList<Document> {
  return parts;
}

const reverse = toggle("reverse the order; unknown values stay last");

export const crossReference = list({
  subject: "cross-reference",
  parameters: { sort: choice("the order", recordSorts, "plays"), reverse },
  schema: crossReferenceSchema,
  answer({ filter, ...values }, { database }) {
    const document = xref.document(
      xref.ask(database, { ...values, filter: { ...filter, isLastOfAllTime: true } }),
    );
    return { ...document, data: [...document.data] };
  },
});

export const gapsList = list({
  subject: "albums",
  parameters: {
    sort: choice("the order", gaps.gapSorts, "plays"),
    reverse,
    hidden: toggle("list the hidden albums instead"),
  },
  schema: gapsSchema,
  answer: (values, { database, nowUts }) => gaps.document(gaps.ask(database, { ...values, nowUts })),
});

const idle: Parameter<string> = {
  meaning: "no spin for at least this long",
  schema: { type: "string", pattern: dusty.idlePattern.source, default: dusty.usualIdle },
  read(name, [text = dusty.usualIdle]) {
    if (dusty.idlePattern.test(text)) return text;
    throw new BadValue(name, "a time like 90d, 12mo or 2y", "For example: 12mo");
  },
};

export const dustyList = list({
  subject: "records",
  parameters: { sort: choice("the order", dusty.dustySorts, "asleep"), reverse, idle },
  schema: dustySchema,
  answer: (values, { database, nowUts }) => dusty.document(dusty.ask(database, { ...values, nowUts })),
});

/** A picked album is not proposed again within this time. */
const monthSeconds = 31 * daySeconds;

export function pickedRecords(
  values: Pick<pick.PickQuestion, "filter" | "count" | "seed">,
  { database, whyPicked, ...facts }: QuestionState,
): PickDocument {
  const { nowUts } = facts;
  const answer = pick.ask(database, { ...values, ...facts, proposedSinceUts: nowUts - monthSeconds });
  return pick.document(answer, (album) => whyPicked(album, nowUts));
}
