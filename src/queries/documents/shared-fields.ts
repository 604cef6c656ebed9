// Parts that several documents share.
import * as s from "./json-schema.ts";

export const matchTypes = ["exact", "fuzzy", "artist_only", "none"] as const;

export const collectionKeys = {
  id: s.count("the record's number in this cache; never changes"),
  discogs_id: s.integer("release id on Discogs"),
  title: s.text("title of the release"),
  artists: s.list(s.text(), "artist names in Discogs' database, without numbers like (2)"),
  year: s.orNull(s.integer("year of the pressing; null if unknown")),
  format: s.text('name of the first format; "Unknown" if there is none'),
  genres: s.list(s.text(), "Discogs' genres"),
  styles: s.list(s.text(), "Discogs' styles"),
  image: s.orNull(
    s.object("the cover; null if there is none", {
      url: s.address("the image on Discogs"),
      thumbhash: s.orNull(s.text("blurred preview, base64; null until sync --covers")),
      dominant_color: s.orNull(s.text("main colour, #rrggbb; null until sync --covers")),
      accent_color: s.orNull(s.text("second colour, #rrggbb; null until sync --covers")),
    }),
  ),
  date_added: s.orNull(s.text("when you added it, as Discogs sends it, with its UTC offset")),
  rating: s.orNull<number>({
    type: "integer",
    minimum: 0,
    maximum: 5,
    description: "your rating, 1 to 5; 0 if not rated",
  }),
  discogs_url: s.orNull(s.address("page of the release")),
};
export const collectionSchema = s.object("the record", collectionKeys);
export type JsonCollection = s.Infer<typeof collectionSchema>;

const listeningSchema = s.object("your plays of the record", {
  album_name: s.orNull(s.text("title of the matched album, the most played edition; null if there is none")),
  artist_name: s.orNull(s.text("artist of that album, or the artist alone; null if unknown")),
  play_count: s.orNull(s.count("plays of the album, all editions together")),
  last_played: s.orNull(s.instant("last play, logged ones included, in UTC; null if never or unknown")),
  match_type: s.orNull(s.word(matchTypes, "kind of match: exact, fuzzy, artist_only or none")),
  match_confidence: s.orNull(s.share("exact 1, fuzzy between 0.5 and 1, artist_only 0.5, none 0")),
});

export const crossReferenceRow = { collection: collectionSchema, listening: listeningSchema };
const rowSchema = s.object(crossReferenceRow);
export type JsonRow = s.Infer<typeof rowSchema>;

export const pagination = s.object("page of the list", {
  page: { ...s.count("page number, from 1"), minimum: 1 },
  limit: s.count("rows per page"),
  total: s.count("rows on all pages"),
  total_pages: s.count("number of pages; 0 if there are no rows"),
});
export type JsonPagination = s.Infer<typeof pagination>;

export const periodSchema = s.orNull(
  s.object("time span of the plays; null for all time", {
    from: s.orNull(s.instant("start of the span, in UTC; null for no start")),
    to: s.orNull(s.instant("end of the span, exclusive; null for now")),
  }),
);
export type JsonPeriod = NonNullable<s.Infer<typeof periodSchema>>;

/** A release on the wantlist. */
export const wantFields = {
  release_id: s.integer("release id on Discogs"),
  artist: s.text("artists as on the release"),
  title: s.text("title of the release"),
  form: s.text("form: LP, 2×LP, CD and so on"),
  year: s.orNull(s.integer("year of the pressing; null if unknown")),
  added_at: s.orNull(s.instant("when you added it to the wantlist, in UTC")),
};

/** "form: LP, CD and so on" */
export const formsOfCopies = s.list(s.text(), "form of each copy: LP, CD and so on");

export const buildMonthFields = (plays: string) => ({ month: s.text("2026-02"), plays: s.count(plays) });

export const historyStates = ["complete", "incomplete", "hidden"] as const;
