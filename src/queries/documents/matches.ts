// Documents about matches: explanations, doubts, and changes by new rules.
import { collectionSchema, matchTypes } from "./parts.ts";
import {
  count,
  instant,
  integer,
  list,
  withMeaning,
  number,
  object,
  orNull,
  share,
  text,
  word,
  type ValueOf,
} from "./schema.ts";

const albumKeys = {
  id: count("12 is a12 on the screens"),
  artist_name: text("as scrobbled"),
  album_name: text("as scrobbled"),
  play_count: count("of this edition"),
};

const rejectedSchema = list(
  object({ ...albumKeys, reason: text("why it was left out") }),
  "albums that were looked at and left out, the closest first",
);

const explanationKeys = {
  record: withMeaning("as collection in the rows of xref", collectionSchema),
  original_year: orNull(integer("in which the album first came out; null where it isn't known")),
  kinds: object(
    {
      formats: orNull(text("by the words of its formats; null where they say nothing")),
      musicbrainz: orNull(text("by MusicBrainz; null where it doesn't know")),
    },
    "what kind of release it is, by whom",
  ),
  decision: object(
    {
      match_type: word(matchTypes, "exact, fuzzy, artist_only, none"),
      match_confidence: share("of the best album"),
      rule: text("that decided"),
      decided_by: word(["matcher", "user"], "matcher or user"),
    },
    "how it is matched, and by whom",
  ),
  credited: list(
    object({
      ...albumKeys,
      last_played: orNull(instant("its newest scrobble, in UTC; null for never and for not known")),
      rule: text("that credited this album"),
      confidence: number("how likely it is the same album"),
    }),
    "albums whose plays count for the record, the most played first",
  ),
  rejected: rejectedSchema,
};
export const explainSchema = object(explanationKeys);
export type ExplanationDocument = ValueOf<typeof explainSchema>;

/** A prolific artist has hundreds of rejected albums. An assistant gets this many. */
export const mostRejected = 20;

export const shortExplainSchema = object({
  ...explanationKeys,
  rejected: withMeaning(
    `albums that were looked at and left out, the closest first; ${mostRejected} at most`,
    rejectedSchema,
  ),
  rejected_total: count("how many were left out in all"),
});
export type ShortExplanation = ValueOf<typeof shortExplainSchema>;

export const explainAlbumSchema = object({
  album: object(
    {
      id: count("the cache's own: 12 is a12 on the screens"),
      artist_name: text("as scrobbled"),
      album_name: text("as scrobbled"),
      play_count: count("scrobbles of this edition"),
      last_played: orNull(instant("the newest of them, in UTC; null when it is not known")),
      url: orNull(text("of its page; null when there is none")),
    },
    "the album",
  ),
  tracks: count("different ones heard"),
  spins: orNull(
    count("sittings in which half of it or more was heard; null where too few tracks are known to tell"),
  ),
  records: list(
    object({
      id: count("the cache's own number of the record"),
      artist: text("the credit as one reads it"),
      title: text("of the release"),
      rule: text("that credited the album"),
      confidence: number("how likely it is the same album"),
    }),
    "those that it counts for, the surest first; none: it is a gap",
  ),
});
export type AlbumDocument = ValueOf<typeof explainAlbumSchema>;

export const reviewSchema = object({
  doubts: list(
    object({
      kind: word(
        ["fuzzy", "tie", "near"],
        "fuzzy: credited, and perhaps wrongly; tie: several fit alike; near: not credited, and close",
      ),
      record_ids: list(count(), "numbers of the records, one a release"),
      release_ids: list(integer(), "the pressings that raise the question"),
      artist: text("of the record"),
      title: text("of the record"),
      match_confidence: number("0 when nothing is credited"),
      plays_at_stake: count("of the candidates, all together"),
      candidates: list(
        object({ ...albumKeys, reason: text("why it fits, or why not quite") }),
        "fuzzy: the albums that are credited; else those that could be, one of them",
      ),
      commands: list(text(), "that settle it, the likeliest first"),
    }),
    "ordered by plays at stake times doubt, the highest first",
  ),
  aliases: list(
    object({
      name: text("as on the records"),
      same_as: text("as scrobbled"),
      titles: count("that both have"),
      command: text("that makes them one"),
    }),
    "artists that are probably the same",
  ),
  total: count("doubts in all, listed or not"),
  skipped: count("questions that were put off: --again asks them"),
});
export type ReviewDocument = ValueOf<typeof reviewSchema>;

const verdictSchema = object({
  match_type: word(matchTypes, "exact, fuzzy, artist_only, none"),
  match_confidence: number("of that match"),
  albums: list(
    object({ artist_name: text("as scrobbled"), album_name: text("as scrobbled") }),
    "that are credited, the most played first",
  ),
  play_count: count("of these albums"),
});
export type ContractVerdict = ValueOf<typeof verdictSchema>;

export const changedMatchesSchema = object({
  changed: list(
    object({
      record_id: count("the record's number"),
      artist: text("of the record"),
      title: text("of the record"),
      before: withMeaning("by the rules before", verdictSchema),
      now: withMeaning("by the rules of today", verdictSchema),
    }),
    "the largest difference in plays first",
  ),
});
export type ChangesDocument = ValueOf<typeof changedMatchesSchema>;
