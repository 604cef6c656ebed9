// Parts that several documents share.
import {
  address,
  count,
  instant,
  integer,
  list,
  object,
  orNull,
  share,
  text,
  word,
  type Schema,
  type ValueOf,
} from "./json-schema.ts";

export const matchTypes = ["exact", "fuzzy", "artist_only", "none"] as const;

export const collectionKeys = {
  id: count("the record's number in this cache; never changes"),
  discogs_id: integer("release id at Discogs"),
  title: text("title of the release"),
  artists: list(text(), "artist names in Discogs' database, without numbers like (2)"),
  year: orNull(integer("year of the pressing; null if unknown")),
  format: text('name of the first format; "Unknown" if there is none'),
  genres: list(text(), "Discogs' genres"),
  styles: list(text(), "Discogs' styles"),
  image: orNull(
    object(
      {
        url: address("the image at Discogs"),
        thumbhash: orNull(text("blurred preview, base64; null until sync --covers")),
        dominant_color: orNull(text("main colour, #rrggbb; null until sync --covers")),
        accent_color: orNull(text("second colour, #rrggbb; null until sync --covers")),
      },
      "the cover; null if there is none",
    ),
  ),
  date_added: orNull(text("when you added it, as Discogs sends it, with its UTC offset")),
  rating: orNull<number>({
    type: "integer",
    minimum: 0,
    maximum: 5,
    description: "your rating, 1 to 5; 0 if not rated",
  }),
  discogs_url: orNull(address("page of the release")),
};
export const collectionSchema = object(collectionKeys, "the record");
export type ContractCollection = ValueOf<typeof collectionSchema>;

const listeningSchema = object(
  {
    album_name: orNull(text("title of the matched album, the most played edition; null if there is none")),
    artist_name: orNull(text("artist of that album, or the artist alone; null if unknown")),
    play_count: orNull(count("plays of the album, all editions together")),
    last_played: orNull(
      instant("time of the last scrobble or logged play, in UTC; null if never or unknown"),
    ),
    match_type: orNull(word(matchTypes, "kind of match: exact, fuzzy, artist_only or none")),
    match_confidence: orNull(
      share("1 for exact, between 0.5 and 1 for fuzzy, 0.5 for artist_only, 0 for none"),
    ),
  },
  "your plays of the record",
);

export const crossReferenceRow = { collection: collectionSchema, listening: listeningSchema };
const rowSchema = object(crossReferenceRow);
export type ContractRow = ValueOf<typeof rowSchema>;

export const pagination = object(
  {
    page: { ...count("page number, from 1"), minimum: 1 },
    limit: count("rows per page"),
    total: count("rows on all pages"),
    total_pages: count("number of pages; 0 if there are no rows"),
  },
  "page of the list",
);
export type ContractPagination = ValueOf<typeof pagination>;

export const span = orNull(
  object(
    {
      from: orNull(instant("start of the span, in UTC; null for no start")),
      to: orNull(instant("end of the span, exclusive; null for now")),
    },
    "time span of the plays; null for all time",
  ),
);
export type ContractSpan = NonNullable<ValueOf<typeof span>>;

/** "form: LP, CD and so on" */
export const formsOfCopies = list(text(), "form of each copy: LP, CD and so on");

export const monthKeys = (
  plays: string,
): { readonly month: Schema<string>; readonly plays: Schema<number> } => ({
  month: text("2026-02"),
  plays: count(plays),
});

export const historyStates = ["complete", "incomplete", "hidden"] as const;
