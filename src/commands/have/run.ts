import type { Context } from "../../context.ts";
import { NegativeAnswer, UsageError } from "../../model/errors.ts";
import { createDrawingView } from "../../output/present.ts";
import {
  queryHave,
  buildHaveDocument,
  toFoundByValue,
  isCertain,
  type HaveResult,
  type DescribedCopy,
} from "../../queries/albums/have.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import {
  artistField,
  countField,
  nameWidth,
  numberField,
  titleField,
} from "../shared/listing/list-fields.ts";
import { runListing } from "../shared/listing/run-listing.ts";
import { drawRecordCover } from "../shared/listing/draw-record-cover.ts";
import { renderHave, findOnlyAlbum } from "./view.ts";
import type { Field } from "../../output/field.ts";
import { toIsoOrNull } from "../../queries/records/json-rows.ts";
import { buildOutputOptions, imagesOption } from "../shared/listing/list-options.ts";

const haveOptions = declareOptions(imagesOption, ...buildOutputOptions());

export const declaration = declareCommand({
  name: "have",
  isQuestion: true,
  details: `Takes words from artist and title, a catalogue number, a barcode that MusicBrainz has, or a number. Words may
follow a catalogue number: "XLLP324 radiohead". A format, a colour or a year is a wish: "nevermind vinyl" means the LP. The
answer is MAYBE for a typo, an abbreviation, a word too many, the beginning of a word, or a bare number
that is no title. The exit code is 0 for YES, 6 for MAYBE and 1 for NO.`,
  json: async () => [{ schema: (await import("../../queries/documents/record-documents.ts")).haveSchema }],
  arguments: [
    {
      name: "<words...>",
      help: "words from artist and title, a catalogue number or a barcode",
      choices: { source: "record" },
    },
  ],
  options: haveOptions,
  examples: [
    ["rewind have kind of blue", "in a shop: do you own it, and in which pressings"],
    ["rewind have XLLP324", "by the catalogue number on the spine"],
    ["rewind have voodoo && echo leave it there", "in a script: run a command only if you own it"],
  ],
  load: async () => runHave,
});

async function runHave(context: Context, call: Invocation<typeof haveOptions>): Promise<void> {
  const { verdict } = await runListing(context, call, ({ words, as }) => {
    const text = words.join(" ").trim();
    if (text === "") throw new UsageError("no words given", "Try: rewind have kind of blue");
    return {
      ask: (database) => {
        const answer = queryHave(database, { text });
        return { ...answer, rows: { [Symbol.iterator]: () => listHaveRows(answer) } };
      },
      buildDocument: (each) => buildHaveDocument(each),
      fields: haveFields,
      table: async (answer, database) => {
        const [first] = findOnlyAlbum(answer) ?? [];
        const isWanted = as === "table" && call.options.images !== false;
        const sleeve = await drawRecordCover(context, database, isWanted && first ? first.id : null);
        return createDrawingView((style) => renderHave(answer, style, sleeve));
      },
    };
  });
  if (verdict !== "yes") throw new NegativeAnswer(verdict);
}

interface HaveRow extends Partial<DescribedCopy> {
  /** maybe and part: a record without all of the words as typed. part does not count as owned. */
  readonly side: "owned" | "maybe" | "part" | "wanted" | "played";
  readonly artist: string;
  readonly title: string;
}

/** Records, then wants, then the albums that no record is credited with. */
function* listHaveRows(answer: HaveResult): Generator<HaveRow> {
  const { verdict, ownedAlbums, wantedAlbums, playedAlbums } = answer;
  const others = verdict === "maybe" ? "maybe" : "part";
  for (const copy of answer.describe(ownedAlbums.flat()))
    yield { ...copy, side: isCertain(copy) ? "owned" : others };
  for (const want of wantedAlbums) yield { ...want, side: "wanted" };
  for (const album of playedAlbums) if (!album.isOwned) yield { ...album, side: "played" };
}

const haveFields: readonly Field<HaveRow>[] = [
  { name: "side", value: ({ side }) => side },
  numberField("id", ({ id = null }) => id),
  { name: "release_id", value: ({ releaseId = null }) => releaseId, numeric: true },
  artistField("artist", ({ artist }) => artist),
  titleField("title", ({ title }) => title),
  countField("year", "Year", ({ year = null }) => year),
  { name: "form", value: ({ form = null }) => form, header: "Form" },
  { name: "label", value: ({ label = null }) => label, header: "Label", flexible: nameWidth },
  { name: "catalog_number", value: ({ catalogNumber = null }) => catalogNumber },
  { name: "folder", value: ({ folder = null }) => folder },
  { name: "added_at", value: ({ addedUts = null }) => toIsoOrNull(addedUts) },
  countField("play_count", "Plays", ({ playCount = null }) => playCount),
  { name: "spins", value: ({ spins = null }) => spins, numeric: true },
  { name: "last_played", value: ({ lastPlayedUts = null }) => toIsoOrNull(lastPlayedUts) },
  { name: "exact", value: ({ foundBy }) => (foundBy === undefined ? null : foundBy === "title") },
  { name: "found_by", value: ({ foundBy }) => (foundBy === undefined ? null : toFoundByValue(foundBy)) },
];
