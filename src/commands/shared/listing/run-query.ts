// Adapts a list to the command line: its options, and the command that asks it.
import { duringOption, filterOptions, listOptions, texts } from "./options.ts";
import { noteReading, noteReadWords, runListing } from "./run-listing.ts";
import type { Context } from "../../../context.ts";
import { isTable, type Field } from "../../../output/field.ts";
import type { TableView } from "../../../output/present.ts";
import { optionOf } from "../../../queries/filters/filter.ts";
import { readFilter } from "../../../queries/filters/read-filter.ts";
import type { Reading } from "../../../queries/find/find-records.ts";
import type { ListQuery, Selection } from "../../../queries/parameters/list-query.ts";
import type { Parameter, Values } from "../../../queries/parameters/parameter.ts";
import type { Database } from "../../../store/file/database.ts";
import type { Call, OptionDeclaration } from "../declaration.ts";

/** The options of a list: its own parameters, the filters of its subject, pages and formats. */
export function queryOptions(
  { subject, hasPeriod, parameters }: Pick<ListQuery<never, object>, "subject" | "hasPeriod" | "parameters">,
  { columns }: { readonly columns?: string } = {},
): OptionDeclaration[] {
  return [
    ...Object.entries(parameters).flatMap(([name, parameter]) => parameterOptions(name, parameter)),
    ...(subject === null ? [] : filterOptions(subject)),
    ...(hasPeriod ? [duringOption] : []),
    ...listOptions(columns),
  ];
}

function parameterOptions(name: string, parameter: Parameter<unknown>): OptionDeclaration[] {
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
  const { enum: words, default: fallback } = schema as { enum?: readonly string[]; default?: string };
  return [
    {
      flags: `${name === "sort" ? "-s, " : ""}--${name} <${placeholder}>`,
      help: name === "sort" ? meaning.replace(/^the order(?:; )?/, "") : meaning,
      ...(words === undefined ? {} : { choices: { words } }),
      ...(fallback === undefined ? {} : { usual: fallback }),
      ...(isRepeatable === true ? { parse: texts } : {}),
    },
  ];
}

/** Reads the parameters of a list from the options of a command line. Throws UsageError. */
function readValues(parameters: ListQuery<never, object>["parameters"], options: Call["options"]): Values {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      parameter.read(`--${name}`, givenTexts(name, parameter, options)),
    ]),
  );
}

function givenTexts(name: string, { switches }: Parameter<unknown>, options: Call["options"]): string[] {
  if (switches !== undefined) {
    return Object.entries(switches)
      .filter(([flag]) => options[optionOf(flag)] === true)
      .map(([, { word }]) => word);
  }
  const value = options[name];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === "string") return [value];
  return value === true ? ["true"] : [];
}

interface Screen<Row, Answer> {
  readonly fields:
    | readonly Field<Row>[]
    | ((answer: Answer, values: Values & Selection) => readonly Field<Row>[]);
  readonly table: (
    answer: Answer,
    facts: { readonly database: Database; readonly nowMs: number },
  ) => TableView<Row> | Promise<TableView<Row>>;
  /** The noun of a row, if it depends on the command line. */
  readonly noun?: string;
  /** Called before the answer is written. Throws UsageError. */
  readonly check?: (answer: Answer, values: Selection) => void;
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
  call: Call,
  { subject, parameters, ask, document, noun: defaultNoun }: ListQuery<Answer, object>,
  { fields, table, noun = defaultNoun, check, adapt = (values) => values }: Screen<Row, Answer>,
): Promise<Answer> {
  return runListing<Row, Answer>(context, call, ({ options, words, as, paging, nowMs, nowUts }) => {
    const filter = readFilter(subject, options, words, nowUts);
    const isOnScreen = isTable(as) && context.screen.isTerminal;
    const values = adapt(
      { ...readValues(parameters, options), filter, paging, nowUts },
      { isOnScreen, words },
    );
    return {
      ask: (database) => {
        if (subject === "records" || subject === "cross-reference") {
          noteReadWords(context, database, values.filter);
        }
        const answer = ask(database, values);
        check?.(answer, values);
        noteReading(context, noun, values.filter.words ?? [], answer.reading ?? null);
        return answer;
      },
      noun,
      document,
      fields: typeof fields === "function" ? (answer) => fields(answer, values) : fields,
      table: (answer, database) => table(answer, { database, nowMs }),
    };
  });
}
