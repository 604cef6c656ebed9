import { fetchPlayingNow } from "../../actions/fetch-playing-now.ts";
import type { Context } from "../../context.ts";
import { getCoversPath } from "../../host/paths.ts";
import { parseChoice, UsageError } from "../../model/errors.ts";
import { nothingPlaying } from "../../model/playing-now.ts";
import { formatBytes } from "../../output/format-numbers.ts";
import { toLine } from "../../output/safe-text.ts";
import { cardKinds, readCardContents } from "../../interfaces/card/card-contents.ts";
import { parsePlayPeriod } from "../../queries/conditions/period.ts";
import { createActionAccess } from "../shared/access/action-access.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { wholeNumber } from "../shared/listing/list-options.ts";
import { refuseOtherFile, writeOwnFile, writePieces, type OwnFile } from "../shared/terminal/own-file.ts";

const cardOptions = declareOptions(
  {
    flags: "--year <year>",
    help: "year of the card",
    examples: "2025",
    defaultValue: "this year",
    parse: wholeNumber("--year", 1970, 9999),
  },
  {
    flags: "-o, --out <file>",
    help: "write to this file; - is stdout",
    defaultValue: "rewind-card.svg",
    choices: { source: "file" },
  },
);

export const declaration = declareCommand({
  name: "card",
  isQuestion: true,
  details: `Writes one SVG picture for a README or a message. It is light or dark as the reader's screen is, and loads nothing.
Covers that rewind sync --covers fetched are in it; other records show a drawn sleeve. The same cache gives the same bytes. An
earlier card of the same name is replaced, any other file is not.`,
  arguments: [
    {
      name: "[card]",
      help: "which card",
      choices: {
        words: cardKinds,
        meanings: {
          year: "the albums that you played most in a year, and your plays by month",
          wall: "the 50 records that you play most",
          never: "records that you never played, your favourite artists first",
          now: "what is playing",
        },
      },
      defaultValue: "year",
    },
  ],
  options: cardOptions,
  examples: [
    ["rewind card year --year 2025", "write the card of a year"],
    ["rewind card wall --out wall.svg", "write the records that you play most"],
    ["rewind card never --out - > never.svg", "print the card"],
  ],
  load: async () => runCard,
});

async function runCard(context: Context, call: Invocation<typeof cardOptions>): Promise<void> {
  const [word = "year"] = call.words;
  const isYear = /^\d{4}$/.test(word);
  const kind = isYear ? "year" : parseChoice("CARD", word, cardKinds);
  const { year: typedYear = isYear ? Number(word) : undefined, out = "rewind-card.svg" } = call.options;
  if (call.options.year !== undefined && (isYear || kind !== "year")) refuseYear(word, call.options.year);
  const nowMs = context.clock.now();
  const nowUts = Math.floor(nowMs / 1000);
  const year = typedYear ?? new Date(nowMs).getFullYear();
  parsePlayPeriod("--year", String(year), nowUts);
  const { drawCard, ownCardPattern } = await import("../../interfaces/card/card.ts");
  const file: OwnFile = { path: out, pattern: ownCardPattern, command: "rewind card", example: "card.svg" };
  if (out !== "-") refuseOtherFile(file);
  const { database } = await openMatchedCache(context, { notifies: false });
  const playing =
    kind === "now" ? await fetchPlayingNow(createActionAccess(context, database)) : nothingPlaying;
  const contents = readCardContents(database, { kind, year, playing, nowUts });
  const card = drawCard(database, contents, getCoversPath(context.env, context.platform));
  if (out === "-") return writePieces([card], (text) => context.write(text));
  const bytes = await writeOwnFile(file, [card]);
  await context.write(toLine(`Wrote ${out}: ${contents.title}, ${formatBytes(bytes)}`));
  if (kind === "year" && contents.months.length === 0)
    context.note(`The card is empty: you have no plays in ${year}.`);
}

/** `word`: another card, or a year in its place. */
function refuseYear(word: string, year: number): never {
  throw new UsageError(
    `rewind card ${word} takes no --year`,
    `For the card of a year: rewind card year --year ${year}`,
  );
}
