import type { Context } from "../../context.ts";
import { NegativeAnswer, UsageError } from "../../model/errors.ts";
import { drawing } from "../../output/present.ts";
import { ask, document, type HaveAnswer, type OwnedCopy } from "../../queries/albums/have.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { runListing } from "../shared/listing/run-listing.ts";
import { sleeveFor } from "../shared/listing/record-sleeve.ts";
import { haveLines, onlyAlbum } from "./screen.ts";
import type { Field } from "../../output/field.ts";
import { isoSeconds } from "../../queries/records/contract.ts";
import { formOptions, imagesOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "have",
  isQuestion: true,
  details: `Looks for your words in artist and title, in any order. You can leave out edition words, and one typo is corrected
if no name contains the mistyped word. A record is also found by the name of the album that its plays come from. A record
that has your word only inside a longer word is listed, but does not count as owned. The exit code is 0 if you own the
record and 1 if you do not.`,
  json: async () => [{ schema: (await import("../../queries/documents/record-documents.ts")).haveSchema }],
  arguments: [
    { name: "<words...>", help: "words from artist and title, in any order", choices: { source: "record" } },
  ],
  options: [imagesOption, ...formOptions()],
  examples: [
    ["rewind have kind of blue", "in a shop: do you own it, and in which pressings"],
    ["rewind have voodoo && echo leave it there", "in a script: run a command only if you own it"],
  ],
  load: async () => runHave,
};

async function runHave(context: Context, call: Call): Promise<void> {
  const { isOwned } = await runListing(context, call, ({ words, as }) => {
    const text = words.join(" ").trim();
    if (text === "") throw new UsageError("no words given", "Try: rewind have kind of blue");
    return {
      ask: (database) => {
        const answer = ask(database, { text });
        return { ...answer, rows: rowsOf(answer) };
      },
      document,
      fields: haveFields,
      table: async (answer, database) => {
        const [first] = onlyAlbum(answer) ?? [];
        const isWanted = as === "table" && call.options["images"] !== false;
        const sleeve = await sleeveFor(context, database, isWanted && first ? first.id : null);
        return drawing((style) => haveLines(answer, style, sleeve));
      },
    };
  });
  if (!isOwned) throw new NegativeAnswer();
}

interface HaveRow extends Partial<OwnedCopy> {
  /** part: a record that has one of the words only inside a longer word. */
  readonly side: "owned" | "part" | "wanted" | "played";
  readonly artist: string;
  readonly title: string;
}

/** Records, then wants, then the albums that no record is credited with. */
function rowsOf({ ownedAlbums, wantedAlbums, playedAlbums }: HaveAnswer): HaveRow[] {
  return [
    ...ownedAlbums.flat().map((copy): HaveRow => ({ ...copy, side: copy.isWhole ? "owned" : "part" })),
    ...wantedAlbums.map((want): HaveRow => ({ ...want, side: "wanted" })),
    ...playedAlbums.filter(({ isOwned }) => !isOwned).map((album): HaveRow => ({ ...album, side: "played" })),
  ];
}

const haveFields: readonly Field<HaveRow>[] = [
  { name: "side", value: ({ side }) => side },
  { name: "id", value: ({ id = null }) => id, numeric: true },
  { name: "release_id", value: ({ releaseId = null }) => releaseId, numeric: true },
  { name: "artist", value: ({ artist }) => artist },
  { name: "title", value: ({ title }) => title },
  { name: "year", value: ({ year = null }) => year, numeric: true },
  { name: "form", value: ({ form = null }) => form },
  { name: "label", value: ({ label = null }) => label },
  { name: "catalog_number", value: ({ catalogNumber = null }) => catalogNumber },
  { name: "folder", value: ({ folder = null }) => folder },
  { name: "added_at", value: ({ addedUts = null }) => isoSeconds(addedUts) },
  { name: "play_count", value: ({ playCount = null }) => playCount, numeric: true },
  { name: "spins", value: ({ spins = null }) => spins, numeric: true },
  { name: "last_played", value: ({ lastPlayedUts = null }) => isoSeconds(lastPlayedUts) },
  { name: "exact", value: ({ isExact = null }) => isExact },
];
