// Checks the texts that people read, and the comments: an error says what to do, and no stock phrase of an old style is left.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { listMessages } from "./list-messages.mjs";

/** The length without the variable parts. */
const maxLineLength = 110;

/** Phrases of an old, compressed style, and what to write instead. */
const dialect = [
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
const stiff = [
  [/\bstands?\b(?!-)/, "is, belongs to, comes first"],
  [/\bwhose\b/i, "of, with, that has"],
  [/\bbesides\b/i, "also"],
  [/\bof which\b/i, "split the sentence"],
  [/\b(?:are|is) (?:those|that) of\b/, "are the ones from, belongs to"],
];

/** Words at the beginning of a comment that leave the reader to guess its subject, or put a condition before it. */
const fragmentWords =
  "As At Because Before Both By For From In It Its Not Of On Only Over Such Their Them They Those To " +
  "What Where Whether Which Who Whose With Within Without";
const fragment = new RegExp(`^(?:${fragmentWords.replaceAll(" ", "|")})\\b`);

const root = fileURLToPath(new URL("../", import.meta.url));
const messages = listMessages();
const problems = [];

function listFiles(folder, endings) {
  const names = readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
  if (names.length === 0) throw new Error(`no file in ${folder} ends in ${endings.join(" or ")}`);
  return names;
}

function listLines(path) {
  return readFileSync(root + path, "utf8")
    .split("\n")
    .map((text, at) => ({ place: `${path}:${at + 1}`, text }));
}

/** The lines of comments. `isStart`: the first line of one. */
function listComments(lines) {
  return lines.flatMap(({ place, text }, at) => {
    const [, sign, comment] = /^\s*(\/\/|\/\*\*?|\*)\s+(.*)$/.exec(text) ?? [];
    if (comment === undefined) return [];
    const before = lines[at - 1]?.text ?? "";
    const continues = { "//": /^\s*\/\//, "*": /^\s*\*(?!\/)/ }[sign];
    return [{ place, text: comment, isStart: continues?.test(before) !== true }];
  });
}

function checkPhrases(texts, phrases) {
  for (const { place, text } of texts) {
    for (const [phrase, better] of phrases) {
      if (phrase.test(text)) problems.push(`${place}: ${text} (better: ${better})`);
    }
  }
}

/** Checks that a message continues the line "rewind: ", and that its hint has one or two lines. */
function checkError({ file, text, hint }) {
  const report = (problem) => problems.push(`${file}: "${text}" ${problem}`);
  if (/\n|[.!]$/.test(text)) report("has several lines, or a full stop");
  if (!/^(?:[a-z"{-]|Discogs|Last\.fm|ListenBrainz|MusicBrainz|REWIND_|SQL: |The Discogs )/.test(text)) {
    report("begins with a capital letter");
  }
  const lines = (hint ?? "").split("\n");
  if (hint === "") report("has no hint that says what to do");
  if (lines.length > 2) report("has a hint of more than two lines");
  for (const line of [text, ...lines]) if (line.length > maxLineLength) report(`has a long line: ${line}`);
}

for (const message of messages.filter(({ kind }) => kind === "error")) checkError(message);
checkPhrases(
  messages.flatMap(({ file, text, hint }) => [
    { place: file, text },
    { place: file, text: hint ?? "" },
  ]),
  [...dialect, ...stiff],
);
checkPhrases(
  ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...listFiles("docs/guide", [".md"])].flatMap(listLines),
  [...dialect, ...stiff],
);
const comments = ["src", "test", "tools", "bin"]
  .flatMap((folder) => listFiles(folder, [".ts", ".mjs", ".js"]))
  .filter((path) => path !== "tools/check-prose.mjs")
  .flatMap((path) => listComments(listLines(path)));
checkPhrases(comments, dialect);
for (const { place, text, isStart } of comments) {
  if (isStart && fragment.test(text)) problems.push(`${place}: ${text} (begins without a subject)`);
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
