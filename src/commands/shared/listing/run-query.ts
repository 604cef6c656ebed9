// Adapts a list to the command line: its options, and the command that asks it.
import { duringOption, buildFilterOptions, buildListOptions, collectTexts } from "./list-options.ts";
import { suggestFilter } from "./list-notices.ts";
import { reportReading, reportFilterReading, runListing } from "./run-listing.ts";
import type { Context } from "../../../context.ts";
import { isTableFormat, type Field } from "../../../output/field.ts";
import type { TableView } from "../../../output/present.ts";
import { toOptionName } from "../../../queries/filters/filter.ts";
import { parseRecordFilter } from "../../../queries/filters/parse-filter.ts";
import type { Reading } from "../../../queries/find/find-records.ts";
import type { ListQuery, Selection } from "../../../queries/parameters/list-query.ts";
import type { Parameter, Values } from "../../../queries/parameters/parameter.ts";
import type { Database } from "../../../store/file/database.ts";
import type { Invocation, OptionDeclaration } from "../command-declaration.ts";

type QueryOption = typeof duringOption | ReturnType<typeof buildListOptions>[number];

/** The call of a command that prints a list. */
export type QueryInvocation = Invocation<readonly QueryOption[]>;

/** The options of a list: its own parameters, the filters of its subject, pages and formats. */
export function buildQueryOptions(
  { subject, hasPeriod, parameters }: Pick<ListQuery<never, object>, "subject" | "hasPeriod" | "parameters">,
  { columns }: { readonly columns?: string } = {},
): readonly (OptionDeclaration | QueryOption)[] {
  return [
    ...Object.entries(parameters).flatMap(([name, parameter]) => buildParameterOptions(name, parameter)),
    ...(subject === null ? [] : buildFilterOptions(subject)),
    ...(hasPeriod ? [duringOption] : []),
    ...buildListOptions(columns),
  ];
}

function buildParameterOptions(name: string, parameter: Parameter<unknown>): OptionDeclaration[] {
  const { meaning, placeholder, schema, isRepeatable, switches } = parameter;
  if (switches !== undefined) {
    const names = Object.keys(switches);
    return Object.entries(switches).map(([flag, { help }]) => ({
      flags: `--${flag}`,
      help,
      excludes: names.filter((other) => other !== flag),
    }));
  }
  if (schema["type"] === "boolean") return [{ flags: `--${name}`, help: meaning }];
  if (placeholder === undefined) return [];
  const {
    enum: words,
    default: defaultValue,
    examples,
  } = schema as Partial<Record<"enum" | "examples", readonly string[]>> & { default?: string };
  return [
    {
      flags: `${name === "sort" ? "-s, " : ""}--${name} <${placeholder}>`,
      help: meaning,
      ...(words === undefined ? {} : { choices: { words } }),
      ...(examples === undefined ? {} : { examples: examples.join(", ") }),
      ...(defaultValue === undefined ? {} : { defaultValue }),
      ...(isRepeatable === true ? { parse: collectTexts } : {}),
    },
  ];
}

/** Reads the parameters of a list from the options of a command line. Throws UsageError. */
function readParameterValues(parameters: ListQuery<never, object>["parameters"], options: Values): Values {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      parameter.read(`--${name}`, getTexts(name, parameter, options)),
    ]),
  );
}

function getTexts(name: string, { switches }: Parameter<unknown>, options: Values): string[] {
  if (switches !== undefined) {
    return Object.entries(switches)
      .filter(([flag]) => options[toOptionName(flag)] === true)
      .map(([, { word }]) => word);
  }
  const value = options[name];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === "string") return [value];
  return value === true ? ["true"] : [];
}

function listSwitches(parameters: ListQuery<never, object>["parameters"]): string[] {
  return Object.entries(parameters).flatMap(([name, { schema, switches }]) =>
    switches !== undefined ? Object.keys(switches) : schema["type"] === "boolean" ? name : [],
  );
}

interface ListView<Row, Answer> {
  readonly fields:
    | readonly Field<Row>[]
    | ((answer: Answer, values: Values & Selection) => readonly Field<Row>[]);
  readonly table: (
    answer: Answer,
    facts: { readonly database: Database; readonly nowMs: number },
  ) => TableView<Row> | Promise<TableView<Row>>;
  /** The noun of a row, if it depends on the command line. */
  readonly noun?: string;
  /** Called before the answer is written. Throws UsageError. `isOnScreen`: the table has a footer. */
  readonly check?: (answer: Answer, values: Selection, facts: { readonly isOnScreen: boolean }) => void;
  /** Changes what is asked, where the options alone do not say it. Throws UsageError. */
  readonly adapt?: (
    values: Values & Selection,
    facts: { readonly isOnScreen: boolean; readonly words: readonly string[] },
  ) => Values & Selection;
}

/** Runs a command that prints a list. */
export async function runQuery<
  Row,
  Answer extends { readonly rows: Iterable<Row>; readonly reading?: Reading | null },
>(
  context: Context,
  call: QueryInvocation,
  { subject, parameters, ask, buildDocument, needsCollection, noun: defaultNoun }: ListQuery<Answer, object>,
  { fields, table, noun = defaultNoun, check, adapt = (values) => values }: ListView<Row, Answer>,
): Promise<Answer> {
  return runListing<Row, Answer>(context, call, ({ words, as, paging, nowMs, nowUts }) => {
    const filter = parseRecordFilter(subject, call.options, words, nowUts);
    const isOnScreen = isTableFormat(as) && context.screen.isTerminal;
    const values = adapt(
      { ...readParameterValues(parameters, call.options), filter, paging, nowUts },
      { isOnScreen, words },
    );
    return {
      ask: (database) => {
        if (subject === "records" || subject === "cross-reference") {
          reportFilterReading(context, database, values.filter);
        }
        const answer = ask(database, values);
        check?.(answer, values, { isOnScreen });
        reportReading(context, noun, values.filter.words ?? [], answer.reading ?? null);
        return answer;
      },
      noun,
      needsCollection,
      suggest: (database) => suggestFilter(database, words, { subject, switches: listSwitches(parameters) }),
      buildDocument,
      fields: typeof fields === "function" ? (answer) => fields(answer, values) : fields,
      table: (answer, database) => table(answer, { database, nowMs }),
    };
  });
}
