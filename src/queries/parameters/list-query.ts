// A list as one value: what it takes, what it asks and what it answers. The command line, HTTP and MCP adapt it.
import type { Parameters, Values, InferValues } from "./parameter.ts";
import type { Schema } from "../documents/json-schema.ts";
import type { Paging } from "../documents/paging.ts";
import type { Subject } from "../filters/all-filters.ts";
import type { RecordFilter } from "../filters/record-filter.ts";
import type { Database } from "../../store/file/database.ts";

/** The parameters that every list takes besides its own. */
export interface Selection {
  /** The words, and the filters of the subject. */
  readonly filter: RecordFilter;
  /** null: everything. */
  readonly paging: Paging | null;
  readonly nowUts: number;
}

export interface ListQuery<Answer, Document extends object> {
  /** The noun for a row: "record". */
  readonly noun: string;
  /** The subject of the filters that it takes; null: words alone. */
  readonly subject: Subject | null;
  /** Filters of the subject, by name, that it does not take. */
  readonly refusedFilters: readonly string[];
  /** True if it counts or lists only the plays of a period, if one is given. */
  readonly hasPeriod: boolean;
  /** false: plays are enough for an answer. */
  readonly needsCollection: boolean;
  /** The list's own parameters, the order among them. */
  readonly parameters: Parameters;
  readonly schema: Schema<Document>;
  /** `values` are those that the parameters read. Throws UsageError and NotReadyError. */
  readonly ask: (database: Database, values: Values & Selection) => Answer;
  /** The rows of `data` may be read lazily. */
  readonly buildDocument: (answer: Answer) => Streamable<Document>;
}

/** The facts that the filters of a list depend on. */
export type FilterSupport = Pick<ListQuery<never, object>, "subject" | "refusedFilters" | "hasPeriod">;

/** Filters records and counts the plays of all time. */
export const recordFilters: FilterSupport = { subject: "records", refusedFilters: [], hasPeriod: false };

type Streamable<Document> = Document extends { readonly data: readonly (infer Row)[] }
  ? Omit<Document, "data"> & { readonly data: Iterable<Row> }
  : Document;

interface ListParts<Table extends Parameters, Answer, Document extends object> extends Omit<
  ListQuery<Answer, Document>,
  "refusedFilters" | "hasPeriod" | "needsCollection" | "parameters" | "ask" | "document"
> {
  readonly refusedFilters?: readonly string[];
  readonly hasPeriod?: boolean;
  /** Default: true. */
  readonly needsCollection?: boolean;
  readonly buildDocument: (answer: Answer) => Streamable<NoInfer<Document>>;
  readonly parameters: Table;
  // A property: for a method the compiler would accept a function that needs parameters which the list doesn't have.
  readonly ask: (database: Database, values: InferValues<Table> & Selection) => Answer;
}

export function createListQuery<Table extends Parameters, Answer, Document extends object>({
  ask,
  refusedFilters = [],
  hasPeriod = false,
  needsCollection = true,
  ...parts
}: ListParts<Table, Answer, Document>): ListQuery<Answer, Document> {
  // The values come from the parameters, so they have their types.
  return {
    ...parts,
    refusedFilters,
    hasPeriod,
    needsCollection,
    ask: ask as ListQuery<Answer, Document>["ask"],
  };
}

/** Asks a list, and returns its document with all rows read. */
export function readListDocument<Answer, Document extends object>(
  { ask, buildDocument }: ListQuery<Answer, Document>,
  database: Database,
  values: Values & Selection,
): Document {
  const { data, ...rest } = buildDocument(ask(database, values)) as { readonly data: Iterable<unknown> };
  return { data: [...data], ...rest } as Document;
}
