// Every text for people, read out of the sources: what an error has to say, and the one tone of all.
import { expect, test } from "vitest";
import { allMessages } from "./messages.mjs";

const messages = allMessages();
const errors = messages.filter(({ kind }) => kind === "error");

/** The hint is of the class. */
const hasItsOwn = /interrupted/;

/** What varies is as long as it is. */
const mostLetters = 110;

test("the list holds the errors, the help and the keys of the whole house", () => {
  expect(errors.length).toBeGreaterThan(90);
  for (const kind of ["text", "help", "key"]) {
    expect(messages.filter((message) => message.kind === kind).length).toBeGreaterThan(150);
  }
  const texts = new Set(messages.map(({ text }) => text));
  // One of each way in which a text is made.
  expect(texts).toContain("nothing is synced yet (looked in {shownPath})");
  expect(texts).toContain("The collection is empty.");
  expect(texts).toContain("which albums you play and do not own");
  expect(texts).toContain("of the pressing; null when it is not known");
  expect(texts).toContain("the disk is full (writing {path})");
});

test.each(errors)("$file: $text", ({ text, hint }) => {
  // What failed, on one line that goes on from "rewind: ".
  expect(text).not.toContain("\n");
  expect(text).not.toMatch(/[.!]$/);
  expect(text).toMatch(/^(?:[a-z"{-]|Discogs|Last\.fm|MusicBrainz|REWIND_|SQL: |The Discogs )/);
  // What to do about it, on one or two lines.
  if (hasItsOwn.test(text)) return;
  expect(hint, "says what to run, to give or to do").not.toBe("");
  expect([text, ...(hint ?? "").split("\n")].filter((line) => line.length > mostLetters)).toEqual([]);
  expect((hint ?? "").split("\n").length).toBeLessThanOrEqual(2);
});

/** Turns of phrase that read like a translation, each with what is said in their place. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/\bspelled so\b|\bis called so\b/, "check the spelling"],
  [/\bknows? no\b/, "has no"],
  [/'s word holds\b|\bsays it all\b|\ball there is to say\b/, "say what holds"],
  [/\bgoes? on from\b|\bto go on\b/i, "continues"],
  [/\bmatched anew\b/, "rematched"],
  [/\bthe other way round\b/, "reverse the order"],
  [/\bwhat it shall\b|\bshall be\b/, "the new value"],
  [/\bis no (?:JSON|SQLite|MBID|list|object|text)\b/, "is not a"],
  [/\bin the chart\b/, "in your plays"],
  [/\bas it was before\b|\bas it is\.|\bleft as\b/, "unchanged"],
  [/\bmake room\b/i, "free some space"],
  [/\bmend\b/i, "fix"],
  [/\bcan't be told\b/, "is not known"],
  [/\bleft by this filter\b/, "fits this filter"],
  [/\bat work\b/, "is running"],
  [/\btook? (?:out|away)\b|\btake away\b|\btaken out\b/i, "remove"],
  [/\bpress of the key\b/, "Tab"],
];

test.each(foreign)("nothing that is shown says %s", (phrase) => {
  const found = messages.filter(({ text, hint }) => phrase.test(text) || phrase.test(hint ?? ""));
  expect(found.map(({ file, text, hint }) => `${file}: ${text} ${hint ?? ""}`)).toEqual([]);
});
