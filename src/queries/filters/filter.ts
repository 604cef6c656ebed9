// What a row of the table of filters says. Whatever declares, reads, asks, completes or documents filters walks the
// rows: there is no second list of their names.
import type { Database } from "../../store/file/database.ts";
import type { Choices, ChoiceSource, Words } from "../documents/choices.ts";
import type { HistoryFact } from "../figures/readiness.ts";
import type { PlayScope } from "../figures/record-source.ts";
import type { Carried } from "../conditions/carried.ts";
import { not, type Condition } from "../conditions/condition-parts.ts";
import type { Range } from "../conditions/range.ts";

/** Plays, spins and last plays are those of the span, where one is given. */
export interface Scope extends PlayScope {
  readonly database: Database;
}

/** What a filter may ask of an album that is played and not owned. */
export interface AlbumFacts {
  readonly artist: string;
  readonly title: string;
  /** Titles of all its editions. */
  readonly titles: readonly string[];
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** null: not known. */
  readonly tracks: number | null;
  readonly isWanted: boolean;
}

/** Names are asked first and what the history tells last, since each costs more than the one before. */
export type AlbumStage = "name" | "chart" | "history";

export interface AlbumTest<Value> {
  readonly stage: AlbumStage;
  test(this: void, values: readonly Value[]): (album: AlbumFacts) => boolean;
}

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Numbers that several filters are about, with the range that is left of each; `heard`: plays and notes. */
export type Implied = Partial<Readonly<Record<"plays" | "heard" | "confidence", Range>>>;

interface FilterParts<Value> extends Partial<Words> {
  /** Of the option, where the row's name is not its own. */
  readonly flag?: string;
  /** An earlier name of the flag: still read. */
  readonly formerly?: string;
  /** What stands for the value in the help; a switch has none. */
  readonly placeholder?: string;
  readonly help: string;
  /** What the help says of a value that is not given. */
  readonly usual?: string;
  /** The values that there are, where the cache tells: any other is refused. */
  readonly carried?: Carried;
  /** Values to propose, where any other is let in too. */
  readonly proposed?: ChoiceSource;
  /** undefined: a value that lets everything in. Throws UsageError. */
  parse(this: void, flag: string, text: string, nowUts: number): Value | undefined;
  /** Over the tables of recordSource(); absent for what no record has. undefined: all are let in. */
  condition?(this: void, values: readonly Value[], scope: Scope): Condition | undefined;
  /** The column that shows what it asks for, by its name in CSV: a listing that it narrows has it. */
  readonly column?: string;
  /** With one value alone every line would have that value: then the column says nothing. */
  readonly isAlike?: true;
  /** Absent for what no album has. */
  readonly albums?: AlbumTest<Value>;
  /** Without it every cache can tell. */
  readonly needs?: HistoryFact;
  /** Beyond these no record has a value: any other is refused. */
  readonly bounds?: Bounds;
  /** What holds of every record that it lets in: where two filters leave no number for one of these, both are refused. */
  implies?(this: void, values: readonly Value[], scope: PlayScope): Implied;
  /** What it leaves is a matter of what comes first: its condition is made where the order is known. */
  readonly isOfOrder?: true;
  /** Of the documented JSON's own question alone. */
  readonly only?: "cross-reference";
}

/** Given again, it takes the last. */
export interface SingleFilter<Value> extends FilterParts<Value> {
  readonly isSingle: true;
}

/** Given again, it takes any of its values. */
export interface RepeatableFilter<Value> extends FilterParts<Value> {
  readonly isSingle: false;
}

/** "--not-genre" beside "--genre". */
export interface NegatableFilter<Value> extends RepeatableFilter<Value> {
  readonly negation: Negation<Value>;
}

/** What differs when a filter leaves out what it would let in. */
type Negation<Value> = Partial<Pick<FilterParts<Value>, "words" | "parse">>;

export type Filter = (SingleFilter<unknown> | RepeatableFilter<unknown>) & {
  readonly negation?: Negation<unknown>;
};

export function single<Value>(parts: FilterParts<Value>): SingleFilter<Value> {
  return { ...parts, isSingle: true };
}

export function repeatable<Value>(parts: FilterParts<Value>): RepeatableFilter<Value> {
  return { ...parts, isSingle: false };
}

export function negatable<Value>(
  parts: FilterParts<Value>,
  negation: Negation<Value> = {},
): NegatableFilter<Value> {
  return { ...parts, isSingle: false, negation };
}

/** What may be given for it; undefined where that can't be listed. */
export function choicesOf({ words, otherWords, meanings, carried, proposed }: Filter): Choices | undefined {
  if (words !== undefined) {
    return {
      words,
      ...(otherWords === undefined ? {} : { otherWords }),
      ...(meanings === undefined ? {} : { meanings }),
    };
  }
  const source = carried?.name ?? proposed;
  return source === undefined ? undefined : { source };
}

/** Without its dashes. */
export function flagOf(name: string, { flag }: Filter): string {
  return flag ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The name of the exclusion: notGenre. */
export function negated<Name extends string>(name: Name): `not${Capitalize<Name>}` {
  return `not${name.charAt(0).toUpperCase()}${name.slice(1)}` as `not${Capitalize<Name>}`;
}

/** The exclusion as a filter of its own: what lets everything in leaves out nothing. */
export function negationOf({ negation, ...row }: Filter): Filter | undefined {
  if (negation === undefined) return undefined;
  return {
    ...row,
    ...negation,
    condition(values, scope) {
      const inside = row.condition?.(values, scope);
      return inside && not(inside);
    },
  };
}
