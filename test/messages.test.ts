// All texts that people read: the shape of an error, and plain English everywhere.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { allMessages } from "./messages.mjs";

const messages = allMessages();
const errors = messages.filter(({ kind }) => kind === "error");

/** The hint is of the class. */
const hasItsOwn = /interrupted/;

/** Without the variable parts. */
const mostLetters = 110;

test("the list of messages contains errors, help, texts and JSON fields", () => {
  expect(errors.length).toBeGreaterThan(90);
  for (const kind of ["text", "help", "key"]) {
    expect(messages.filter((message) => message.kind === kind).length).toBeGreaterThan(150);
  }
});

test.each(errors)("$file: $text", ({ text, hint }) => {
  // The message continues the line "rewind: ".
  expect(text).not.toContain("\n");
  expect(text).not.toMatch(/[.!]$/);
  expect(text).toMatch(/^(?:[a-z"{-]|Discogs|Last\.fm|ListenBrainz|MusicBrainz|REWIND_|SQL: |The Discogs )/);
  // The hint has one or two lines.
  if (hasItsOwn.test(text)) return;
  expect(hint, "says what to run, to give or to do").not.toBe("");
  expect([text, ...(hint ?? "").split("\n")].filter((line) => line.length > mostLetters)).toEqual([]);
  expect((hint ?? "").split("\n").length).toBeLessThanOrEqual(2);
});

/** Phrases of an old, compressed style, and what to write instead. */
const dialect: readonly (readonly [RegExp, string])[] = [
  [/\bspelled so\b|\bis called so\b/, "check the spelling"],
  [/\bknows? no\b/, "has no"],
  [/'s word holds\b|\bsays it all\b|\ball there is to say\b/, "say what holds"],
  [/\bgoes? on from\b|\bto go on\b/i, "continues"],
  [/\banew\b/, "again"],
  [/\bthe other way round\b/, "reverse the order"],
  [/\bwhat it shall\b|\bshall be\b/, "the new value"],
  [/\bis no (?:JSON|SQLite|MBID|list|object|text|failure)\b/, "is not a"],
  [/\bin the chart\b/, "in your plays"],
  [/\bas it was before\b|\bas it is\.|\bleft as\b/, "unchanged"],
  [/\bmake room\b/i, "free some space"],
  [/\bmend\b/i, "fix"],
  [/\bcan't be told\b/, "is not known"],
  [/\bleft by this filter\b/, "fits this filter"],
  [/\bat work\b/, "is running"],
  [/\btook? (?:out|away)\b|\btake away\b|\btaken out\b/i, "remove"],
  [/\bpress of the key\b/, "Tab"],
  [/\b(?:is|are|was|were) told\b/, "rewind reports, you get a note"],
  [/\bholds? of\b/, "applies to"],
  [/\b(?:comes?|came) out\b/, "is released, results in"],
  [/\bunder way\b/, "is running"],
  [/\bin its own right\b/, "itself"],
  [/\bwhat there is to\b/i, "name the things"],
  [/\bso many\b/i, "say the number and what it limits"],
];

/** Words that make a text for users stiff. In a comment they may be the shortest. */
const stiff: typeof dialect = [
  [/\bstands?\b(?!-)/, "is, belongs to, comes first"],
  [/\bwhose\b/i, "of, with, that has"],
  [/\bbesides\b/i, "also"],
  [/\bof which\b/i, "split the sentence"],
  [/\b(?:are|is) (?:those|that) of\b/, "are the ones from, belongs to"],
];

/** Comments that open so leave the reader to guess the subject. */
const fragment = /^(?:Of|What|Whether|By|As|Those)\b/;

const root = fileURLToPath(new URL("../", import.meta.url));
const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].concat(
  readdirSync(`${root}docs/guide`).map((name) => `docs/guide/${name}`),
);
/** Each line of a comment, without its marks. */
const comments = ["src", "test"].flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) =>
      readFileSync(`${root}${folder}/${name}`, "utf8")
        .split("\n")
        .flatMap((line, at) => {
          const [, text] = /^\s*(?:\/\/|\/\*\*?|\*)\s+(.*)$/.exec(line) ?? [];
          return text === undefined ? [] : [{ place: `${folder}/${name}:${at + 1}`, text }];
        }),
    ),
);

function inDialect(
  texts: readonly { readonly place: string; readonly text: string }[],
  phrases = dialect,
): string[] {
  return texts.flatMap(({ place, text }) =>
    phrases.flatMap(([phrase, better]) =>
      phrase.test(text) ? [`${place}: ${text} (better: ${better})`] : [],
    ),
  );
}

test("messages and help are in plain English", () => {
  const texts = messages.flatMap(({ file, text, hint }) => [
    { place: file, text },
    { place: file, text: hint ?? "" },
  ]);
  expect(inDialect(texts, [...dialect, ...stiff])).toEqual([]);
});

test("README, guide and changelog are in plain English", () => {
  const texts = pages.flatMap((name) =>
    readFileSync(root + name, "utf8")
      .split("\n")
      .map((text, at) => ({ place: `${name}:${at + 1}`, text })),
  );
  expect(inDialect(texts, [...dialect, ...stiff])).toEqual([]);
});

test("comments are in plain English, and begin with their subject", () => {
  expect(inDialect(comments)).toEqual([]);
  const fragments = comments.filter(({ place, text }) => place.startsWith("src/") && fragment.test(text));
  expect(fragments.length).toBeLessThan(150);
});
