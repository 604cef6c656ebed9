// Parts of the documents of plays and searches in the shape of the hosted API.
import { pagination } from "./shared-fields.ts";
import * as s from "./json-schema.ts";

export const nameFields = { id: s.count(), name: s.text() };
export const namedSchema = s.object(nameFields);
export type NamedThing = s.Infer<typeof namedSchema>;

export const totalFields = {
  total_scrobbles: s.count(),
  unique_artists: s.count(),
  unique_albums: s.count(),
  unique_tracks: s.count(),
};

export const granularitySchema = s.word(["day", "week", "month", "year"]);
export type Granularity = s.Infer<typeof granularitySchema>;

export const searchSchema = s.object({
  data: s.rows({
    domain: s.word(["listening", "collecting"]),
    entity_type: s.word(["artist", "album", "track", "release"]),
    // The record's number, for a release.
    entity_id: s.text(),
    title: s.text(),
    subtitle: s.orNull(s.text()),
    image_key: s.nothing(),
    image: s.orNull(
      s.object({
        cdn_url: s.address(),
        thumbhash: s.orNull(s.text()),
        dominant_color: s.orNull(s.text()),
      }),
    ),
    url: s.orNull(s.address()),
    ...s.nulls("instapaper_url", "instapaper_app_url", "author"),
    // 1: the title equals the query. 0.75: words of the title begin with it. 0.5: the title contains it.
    score: s.share(),
  }),
  pagination,
});
export type SearchPage = s.Infer<typeof searchSchema>;
