// Documents about matches: explanations, doubts, and changes by new rules.
import { collectionSchema, matchTypes } from "./shared-fields.ts";
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
} from "./json-schema.ts";

const albumKeys = {
  id: count("album number; 12 is a12 in tables"),
  artist_name: text("name as scrobbled"),
  album_name: text("name as scrobbled"),
  play_count: count("plays of this edition"),
};

const rejectedSchema = list(
  object({ ...albumKeys, reason: text("why it was rejected") }),
  "rejected albums, nearest first",
);

const explanationKeys = {
  record: withMeaning("the record, as collection in rewind xref", collectionSchema),
  original_year: orNull(integer("year the album was first released; null if unknown")),
  kinds: object(
    {
      formats: orNull(text("kind by the release's formats; null if they do not say")),
      musicbrainz: orNull(text("kind at MusicBrainz; null if unknown")),
    },
    "kind of release, by source",
  ),
  decision: object(
    {
      match_type: word(matchTypes, "kind of match: exact, fuzzy, artist_only or none"),
      match_confidence: share("confidence of the best album"),
      rule: text("rule that decided"),
      decided_by: word(["matcher", "user"], "who decided: matcher or user"),
    },
    "the match and who decided it",
  ),
  credited: list(
    object({
      ...albumKeys,
      last_played: orNull(instant("time of the last scrobble, in UTC; null if never or unknown")),
      rule: text("rule that credited this album"),
      confidence: number("probability that it is the same album"),
    }),
    "albums that count for the record, most played first",
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
  rejected_total: count("number of rejected albums"),
});
export type ShortExplanation = ValueOf<typeof shortExplainSchema>;

export const explainAlbumSchema = object({
  album: object(
    {
      id: count("album number; 12 is a12 in tables"),
      artist_name: text("name as scrobbled"),
      album_name: text("name as scrobbled"),
      play_count: count("plays of this edition"),
      last_played: orNull(instant("time of the last play, in UTC; null if unknown")),
      url: orNull(text("page of the album; null if there is none")),
    },
    "the album",
  ),
  tracks: count("number of different tracks heard"),
  spins: orNull(
    count("number of spins: sittings with at least half of the album; null if too few tracks are known"),
  ),
  records: list(
    object({
      id: count("number of the record"),
      artist: text("artists as on the release"),
      title: text("title of the release"),
      rule: text("rule that credited the album"),
      confidence: number("probability that it is the same album"),
    }),
    "records it counts for, highest confidence first; none if it is a gap",
  ),
});
export type AlbumDocument = ValueOf<typeof explainAlbumSchema>;

export const reviewSchema = object({
  doubts: list(
    object({
      kind: word(
        ["fuzzy", "tie", "near"],
        "fuzzy: credited with doubt; tie: several fit equally well; near: a near miss",
      ),
      record_ids: list(count(), "record numbers, one per release"),
      release_ids: list(integer(), "release ids of the pressings in question"),
      artist: text("name on the record"),
      title: text("name on the record"),
      match_confidence: number("confidence of the match; 0 if nothing is credited"),
      plays_at_stake: count("plays of all candidates together"),
      candidates: list(
        object({ ...albumKeys, reason: text("why it fits, or why not") }),
        "fuzzy: the credited albums; otherwise candidates, one of them at most",
      ),
      commands: list(text(), "commands that settle it, most likely first"),
    }),
    "doubts by plays at stake times doubt, highest first",
  ),
  aliases: list(
    object({
      name: text("name on the records"),
      same_as: text("name as scrobbled"),
      titles: count("number of titles that both names have"),
      command: text("command that makes them one artist"),
    }),
    "names that are probably one artist",
  ),
  total: count("number of doubts, listed or not"),
  skipped: count("questions you skipped; --again asks them"),
});
export type ReviewDocument = ValueOf<typeof reviewSchema>;

const verdictSchema = object({
  match_type: word(matchTypes, "kind of match: exact, fuzzy, artist_only or none"),
  match_confidence: number("confidence of the match"),
  albums: list(
    object({ artist_name: text("name as scrobbled"), album_name: text("name as scrobbled") }),
    "credited albums, most played first",
  ),
  play_count: count("plays of these albums"),
});
export type ContractVerdict = ValueOf<typeof verdictSchema>;

export const changedMatchesSchema = object({
  changed: list(
    object({
      record_id: count("record number"),
      artist: text("name on the record"),
      title: text("name on the record"),
      before: withMeaning("match by the old rules", verdictSchema),
      now: withMeaning("match by the current rules", verdictSchema),
    }),
    "largest difference in plays first",
  ),
});
export type ChangesDocument = ValueOf<typeof changedMatchesSchema>;
