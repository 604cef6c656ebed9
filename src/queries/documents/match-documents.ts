// Documents about matches: explanations, review items, and changes by new rules.
import { collectionSchema, matchTypes } from "./shared-fields.ts";
import * as s from "./json-schema.ts";

const albumKeys = {
  id: s.count("album number; 12 is a12 in tables"),
  artist_name: s.text("name as in your plays"),
  album_name: s.text("name as in your plays"),
  play_count: s.count("plays of this edition"),
};

const rejectedSchema = s.rows("rejected albums, nearest first", {
  ...albumKeys,
  reason: s.text("why it was rejected"),
});

const explanationKeys = {
  record: s.withMeaning("the record, as collection in rewind xref", collectionSchema),
  original_year: s.orNull(s.integer("year the album was first released; null if unknown")),
  kinds: s.object("kind of release, by source", {
    formats: s.orNull(s.text("kind by the release's formats; null if they do not say")),
    musicbrainz: s.orNull(s.text("kind at MusicBrainz; null if unknown")),
  }),
  decision: s.object("the match and who decided it", {
    match_type: s.word(matchTypes, "kind of match: exact, fuzzy, artist_only or none"),
    match_confidence: s.share("confidence of the best album"),
    rule: s.text("rule that decided"),
    decided_by: s.word(["matcher", "user"], "who decided: matcher or user"),
  }),
  credited: s.rows("albums that count for the record, most played first", {
    ...albumKeys,
    last_played: s.orNull(s.instant("time of the last play, in UTC; null if never or unknown")),
    rule: s.text("rule that credited this album"),
    confidence: s.number("probability that it is the same album"),
  }),
  rejected: rejectedSchema,
};
export const explainSchema = s.object(explanationKeys);
export type ExplanationDocument = s.Infer<typeof explainSchema>;

/** A prolific artist has hundreds of rejected albums. An assistant gets this many. */
export const maxRejected = 20;

export const shortExplainSchema = s.object({
  ...explanationKeys,
  rejected: s.withMeaning(
    `albums that were looked at and left out, the closest first; ${maxRejected} at most`,
    rejectedSchema,
  ),
  rejected_total: s.count("number of rejected albums"),
});

export const explainAlbumSchema = s.object({
  album: s.object("the album", {
    ...albumKeys,
    last_played: s.orNull(s.instant("time of the last play, in UTC; null if unknown")),
    url: s.orNull(s.text("page of the album; null if there is none")),
  }),
  tracks: s.count("number of different tracks heard"),
  spins: s.orNull(s.count("sittings with at least half of the album; null if too few tracks are known")),
  records: s.rows("records it counts for, highest confidence first; none if it is a gap", {
    id: s.count("number of the record"),
    artist: s.text("artists as on the release"),
    title: s.text("title of the release"),
    rule: s.text("rule that credited the album"),
    confidence: s.number("probability that it is the same album"),
  }),
});
export type AlbumDocument = s.Infer<typeof explainAlbumSchema>;

export const reviewSchema = s.object({
  items: s.rows("matches to review, by plays at stake times uncertainty, highest first", {
    kind: s.word(
      ["fuzzy", "tie", "near"],
      "an uncertain match, several that fit equally well, or a near miss",
    ),
    record_ids: s.list(s.count(), "record numbers, one per release"),
    release_ids: s.list(s.integer(), "release ids of the pressings in question"),
    artist: s.text("name on the record"),
    title: s.text("name on the record"),
    match_confidence: s.number("confidence of the match; 0 if nothing is credited"),
    plays_at_stake: s.count("plays of all candidates together"),
    candidates: s.rows("fuzzy: the credited albums; otherwise candidates, one of them at most", {
      ...albumKeys,
      reason: s.text("why it fits, or why not"),
    }),
    commands: s.list(s.text(), "commands that answer it, most likely first"),
  }),
  aliases: s.rows("names that are probably one artist", {
    name: s.text("name on the records"),
    same_as: s.text("name as in your plays"),
    titles: s.count("number of titles that both names have"),
    command: s.text("command that makes them one artist"),
  }),
  total: s.count("number of items, listed or not"),
  skipped: s.count("questions you skipped; --again asks them"),
});
export type ReviewDocument = s.Infer<typeof reviewSchema>;

const matchSchema = s.object({
  match_type: s.word(matchTypes, "kind of match: exact, fuzzy, artist_only or none"),
  match_confidence: s.number("confidence of the match"),
  albums: s.rows("credited albums, most played first", {
    artist_name: s.text("name as in your plays"),
    album_name: s.text("name as in your plays"),
  }),
  play_count: s.count("plays of these albums"),
});
export type JsonMatch = s.Infer<typeof matchSchema>;

export const changedMatchesSchema = s.object({
  changed: s.rows("largest difference in plays first", {
    record_id: s.count("record number"),
    artist: s.text("name on the record"),
    title: s.text("name on the record"),
    before: s.withMeaning("match by the old rules", matchSchema),
    now: s.withMeaning("match by the current rules", matchSchema),
  }),
});
export type ChangesDocument = s.Infer<typeof changedMatchesSchema>;
