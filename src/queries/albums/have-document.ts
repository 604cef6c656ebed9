// What `rewind have` found, as programs are told of it.
import {
  collectionKeys,
  contractCollection,
  isoSeconds,
  type ContractCollection,
} from "../records/contract.ts";
import type { Keys } from "../documents/document.ts";
import type { HaveAnswer } from "./have.ts";

interface HaveDocument {
  readonly owned: boolean;
  readonly did_you_mean: readonly string[];
  readonly records: readonly {
    readonly collection: ContractCollection;
    readonly form: string;
    readonly label: string | null;
    readonly catalog_number: string | null;
    readonly folder: string | null;
    readonly play_count: number;
    readonly spins: number | null;
    readonly last_played: string | null;
    readonly exact: boolean;
    readonly credited_with: number | null;
    readonly whole_words: boolean;
  }[];
  readonly wanted: readonly {
    readonly release_id: number;
    readonly artist: string;
    readonly title: string;
    readonly form: string;
    readonly year: number | null;
    readonly added_at: string | null;
  }[];
  readonly played: readonly {
    readonly id: number;
    readonly artist_name: string;
    readonly album_name: string;
    readonly play_count: number;
    readonly last_played: string | null;
    readonly owned: boolean;
  }[];
}

export const keys: Keys<HaveDocument> = {
  owned: "whether a record fits: then the exit code is 0, else 1",
  did_you_mean: "what was found in place of words with a slip; empty where they were found as typed",
  records: {
    meaning: "those found, a copy each; exact titles first, then by plays",
    each: {
      collection: { meaning: "the record", isBrief: true, keys: collectionKeys },
      form: "LP, 2×LP, CD and the like",
      label: "the first one",
      catalog_number: "of that label",
      folder: "of the collection",
      play_count: "scrobbles of its album",
      spins: "sittings with half of it heard; null where that is not known",
      last_played: "in UTC; null for never and for not known",
      exact: "whether the title, or artist and title, are what was asked for",
      credited_with: "the id of the played album by whose name it was found; null: by its own",
      whole_words:
        "false if some word is only part of a word of its name; such a record does not count as owned",
    },
  },
  wanted: {
    meaning: "releases of the wantlist",
    each: {
      release_id: "Discogs' number",
      artist: "the credit as one reads it",
      title: "of the release",
      form: "LP, 2×LP, CD and the like",
      year: "of the pressing; null when it is not known",
      added_at: "to the wantlist, in UTC",
    },
  },
  played: {
    meaning: "albums in your plays, the most played first",
    each: {
      id: "the cache's own, as in a219",
      artist_name: "as Last.fm spells it",
      album_name: "as Last.fm spells it",
      play_count: "scrobbles",
      last_played: "in UTC; null when it is not known",
      owned: "whether it is on the shelf, in any pressing",
    },
  },
};

const iso = (uts: number | null): string | null => (uts === null ? null : isoSeconds(uts));

export function document({ isOwned, didYouMean, owned, wanted, played }: HaveAnswer): HaveDocument {
  return {
    owned: isOwned,
    did_you_mean: didYouMean,
    records: owned.flat().map(({ record, isExact, isWhole, creditedWith }) => ({
      collection: contractCollection(record),
      form: record.form,
      label: record.label,
      catalog_number: record.catalogNumber,
      folder: record.folder,
      play_count: record.playCount,
      spins: record.spins,
      last_played: iso(record.lastPlayedUts),
      exact: isExact,
      credited_with: creditedWith?.id ?? null,
      whole_words: isWhole,
    })),
    wanted: wanted.map((want) => ({
      release_id: want.releaseId,
      artist: want.artist,
      title: want.title,
      form: want.form,
      year: want.year,
      added_at: iso(want.addedUts),
    })),
    played: played.map((album) => ({
      id: album.id,
      artist_name: album.artist,
      album_name: album.title,
      play_count: album.plays,
      last_played: iso(album.lastPlayedUts),
      owned: album.isOwned,
    })),
  };
}
