import type { Context } from "../../context.ts";
import { NegativeAnswer, UsageError } from "../../model/errors.ts";
import { drawing } from "../../output/present.ts";
import {
  ask,
  document,
  type HaveAnswer,
  type OwnedCopy,
  type PlayedName,
  type WantedName,
} from "../../queries/albums/have.ts";
import type { Call } from "../shared/declaration.ts";
import { runListing } from "../shared/listing/run-listing.ts";
import { sleeveFor } from "../shared/listing/record-sleeve.ts";
import { haveLines, onlyAlbum } from "./screen.ts";
import type { Field } from "../../output/field.ts";
import { isoSeconds } from "../../queries/records/contract.ts";

export async function runHave(context: Context, call: Call): Promise<void> {
  const { isOwned } = await runListing(context, call, ({ words, as }) => {
    const text = words.join(" ").trim();
    if (text === "") throw new UsageError("no words given", "Try: rewind have kind of blue");
    return {
      ask: (database) => ask(database, { text }),
      document,
      fields: haveFields,
      rows: haveRows,
      table: async (answer, database) => {
        const [first] = onlyAlbum(answer) ?? [];
        const isWanted = as === "table" && call.options["images"] !== false;
        const sleeve =
          first === undefined
            ? null
            : await sleeveFor(context, database, { recordId: first.record.id, isWanted });
        return drawing((style) => haveLines(answer, style, sleeve));
      },
      showsAge: false,
    };
  });
  if (!isOwned) throw new NegativeAnswer();
}

interface HaveRow {
  /** part: a record that has one of the words only inside a longer word. */
  readonly side: "owned" | "part" | "wanted" | "played";
  readonly name: { readonly artist: string; readonly title: string };
  readonly copy?: OwnedCopy;
  readonly want?: WantedName;
  readonly album?: PlayedName;
}

/** Records, then wants, then the albums that no record is credited with. */
function haveRows({ ownedAlbums, wantedAlbums, playedAlbums }: HaveAnswer): HaveRow[] {
  return [
    ...ownedAlbums
      .flat()
      .map((copy): HaveRow => ({ side: copy.isWhole ? "owned" : "part", name: copy.record, copy })),
    ...wantedAlbums.map((want): HaveRow => ({ side: "wanted", name: want, want })),
    ...playedAlbums
      .filter(({ isOwned }) => !isOwned)
      .map((album): HaveRow => ({ side: "played", name: album, album })),
  ];
}

/** The names and their order are a promise to scripts: add new ones at the end. */
const haveFields: readonly Field<HaveRow>[] = [
  { name: "side", value: ({ side }) => side },
  { name: "id", value: ({ copy, album }) => copy?.record.id ?? album?.id ?? null, numeric: true },
  {
    name: "release_id",
    value: ({ copy, want }) => copy?.record.releaseId ?? want?.releaseId ?? null,
    numeric: true,
  },
  { name: "artist", value: ({ name }) => name.artist },
  { name: "title", value: ({ name }) => name.title },
  { name: "year", value: ({ copy, want }) => copy?.record.year ?? want?.year ?? null, numeric: true },
  { name: "form", value: ({ copy, want }) => copy?.record.form ?? want?.form ?? null },
  { name: "label", value: ({ copy }) => copy?.record.label ?? null },
  { name: "catalog_number", value: ({ copy }) => copy?.record.catalogNumber ?? null },
  { name: "folder", value: ({ copy }) => copy?.record.folder ?? null },
  {
    name: "added_at",
    value: ({ copy, want }) => isoSeconds(copy?.record.addedUts ?? want?.addedUts ?? null),
  },
  {
    name: "play_count",
    value: ({ copy, album }) => copy?.record.playCount ?? album?.plays ?? null,
    numeric: true,
  },
  { name: "spins", value: ({ copy }) => copy?.record.spins ?? null, numeric: true },
  {
    name: "last_played",
    value: ({ copy, album }) => isoSeconds(copy?.record.lastPlayedUts ?? album?.lastPlayedUts ?? null),
  },
  { name: "exact", value: ({ copy }) => copy?.isExact ?? null },
];
