// How much of a listing to write, and in which form.
import type { Context } from "../../../context.ts";
import { UsageError } from "../../../model/errors.ts";
import { isTable, type ListingForm } from "../../../output/field.ts";
import type { Paging } from "../../../queries/documents/paging.ts";

export interface ListingOptions {
  readonly as: ListingForm;
  readonly safeCsv: boolean;
  /** null: everything. */
  readonly paging: Paging | null;
  /** The names of the columns that were asked for; null: those that the form has by itself. */
  readonly columns: readonly string[] | null;
}

/** Only the terminal's table and JSON come in pages by themselves: the other forms can't say "page 1 of 120". */
export function readListingOptions(
  options: Readonly<Record<string, unknown>>,
  { screen, settings }: Pick<Context, "screen" | "settings">,
): ListingOptions {
  const { page, limit, all, json, safeCsv } = options as {
    page?: number;
    limit?: number;
    all?: true;
    json?: true;
    safeCsv?: true;
  };
  const given = options["as"] as ListingForm | undefined;
  if (json === true && given !== undefined && given !== "json") {
    throw new UsageError(`--json and --as ${given} can't be combined`, "Give one of them.");
  }
  const as = json === true ? "json" : (given ?? (settings()("table") === "box" ? "box" : "table"));
  if (safeCsv === true && as !== "csv") {
    throw new UsageError("--safe-csv needs --as csv", `Try: --as csv --safe-csv`);
  }
  const columns = options["columns"] as readonly string[] | undefined;
  if (columns !== undefined && as === "json") {
    throw new UsageError(
      "--columns needs a form with columns, and JSON has its own shape",
      "Try: --as ndjson --columns id,title",
    );
  }
  const isPaged =
    as === "json" || (isTable(as) && screen.isTerminal) || page !== undefined || limit !== undefined;
  return {
    as,
    safeCsv: safeCsv === true,
    columns:
      columns
        ?.flatMap((names) => names.split(","))
        .map((name) => name.trim())
        .filter((name) => name !== "") ?? null,
    paging: isPaged && all !== true ? { page: page ?? 1, limit: limit ?? 20 } : null,
  };
}
