// SQL conditions, built from smaller ones.
import { fold } from "../../match/text/fold.ts";

export interface Condition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export function plain(sql: string): Condition {
  return { sql, parameters: [] };
}

export function not({ sql, parameters }: Condition): Condition {
  return { sql: `NOT ${sql}`, parameters };
}

export function among(expression: string, values: readonly unknown[]): Condition {
  return { sql: `${expression} IN (${values.map(() => "?").join(", ")})`, parameters: values };
}

export function anyOf<Value>(values: readonly Value[], conditionOf: (value: Value) => Condition): Condition {
  const parts = values.map(conditionOf);
  return {
    sql: `(${parts.map(({ sql }) => sql).join(" OR ")})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

export function allOf(parts: readonly Condition[]): Condition {
  return {
    sql: parts.map(({ sql }) => sql).join(" AND ") || "true",
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** The text contains another one. Both are folded as the matcher folds names. */
export function holds(expression: string, text: string): Condition {
  return { sql: `instr(fold(${expression}), ?) > 0`, parameters: [fold(text)] };
}

/** The credit contains the text, or a name on the sleeve or in the database does. */
export function artistHolds(text: string): Condition {
  const folded = fold(text);
  return {
    sql: `(instr(fold(release.artist), ?) > 0 OR EXISTS (SELECT 1 FROM release_artist
      WHERE release_id = release.id AND (instr(fold(name), ?) > 0 OR anv <> '' AND instr(fold(anv), ?) > 0)))`,
    parameters: [folded, folded, folded],
  };
}
