// What stands before a title: who presents it, that it is a film's music, that it was played live.
import type { ParsedTitle } from "./title.ts";

export type LeadRule = "longer-title" | "own-subtitle" | "soundtrack" | "small-words";

/** A title without what stands before it. */
export function withoutLead({ stemText, soundtrack }: ParsedTitle): readonly {
  readonly piece: string;
  readonly rule: LeadRule;
}[] {
  const found: { readonly piece: string; readonly rule: LeadRule }[] = [];
  const add = (pattern: RegExp, rule: LeadRule): void => {
    const piece = pattern.exec(stemText)?.[1];
    if (piece !== undefined) found.push({ piece, rule });
  };
  // "Somebody's Film (Soundtrack)".
  if (soundtrack !== "") add(owner, "longer-title");
  add(presenter, "own-subtitle");
  add(film, "soundtrack");
  // Where no film is told of, it may be music from anywhere.
  add(/^music from (\S.*)$/i, "longer-title");
  // Where it says in which hall, it needn't say that it is live.
  add(/^live (at .+)$/i, "small-words");
  return found;
}

const owner = /^(?:\p{Lu}[^\s:,]* ){0,2}\p{Lu}[^\s:,]*['’]s? (\S.*)$/u;
const presenter = /^.{3,40}? presents:? (\S.*)$/i;
const film =
  /^(?:original )?music from (?:the )?(?:(?:original )?(?:score|film|movie|motion picture|soundtrack|series) (?:of )?)(\S.*)$/i;
