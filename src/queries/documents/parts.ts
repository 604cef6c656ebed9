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
} from "./schema.ts";

export const matchTypes = ["exact", "fuzzy", "artist_only", "none"] as const;

export const collectionKeys = {
  id: count("the cache's own number of the record, stable over syncs"),
  discogs_id: integer("of the release at Discogs"),
  title: text("of the release"),
  artists: list(text(), "their names as in the database, without a number like (2)"),
  year: orNull(integer("of the pressing; null when it is not known")),
  format: text("name of the first format; Unknown when there is none"),
  genres: list(text(), "Discogs' genres"),
  styles: list(text(), "Discogs' styles"),
  image: orNull(
    object(
      {
        url: address("Discogs' image"),
        thumbhash: orNull(text("a blurred preview, base64; null before sync --covers")),
        dominant_color: orNull(text("#rrggbb, of most of it; null before sync --covers")),
        accent_color: orNull(text("#rrggbb, the next that differs; null before sync --covers")),
      },
      "the cover; null when there is none",
    ),
  ),
  date_added: orNull(text("to the collection, as Discogs sends it, with its offset")),
  rating: orNull<number>({
    type: "integer",
    minimum: 0,
    maximum: 5,
    description: "yours, 1 to 5; 0 is not rated",
  }),
  discogs_url: orNull(address("of the release's page")),
};
export const collectionSchema = object(collectionKeys, "the record");
export type ContractCollection = ValueOf<typeof collectionSchema>;

const listeningSchema = object(
  {
    album_name: orNull(text("of the album at Last.fm, the most played edition; null when there is none")),
    artist_name: orNull(text("of that album, or of the artist alone; null when neither is known")),
    play_count: orNull(count("scrobbles of the album's tracks, all editions together")),
    last_played: orNull(
      instant("the newest scrobble, or play that you in UTC; null for never and for not known"),
    ),
    match_type: orNull(word(matchTypes, "exact, fuzzy, artist_only, none")),
    match_confidence: orNull(share("1 exact, between .5 and 1 fuzzy, .5 the artist only, 0 none")),
  },
  "what you played of it",
);

export const crossReferenceRow = { collection: collectionSchema, listening: listeningSchema };
const rowSchema = object(crossReferenceRow);
export type ContractRow = ValueOf<typeof rowSchema>;

export const pagination = object(
  {
    page: { ...count("the first is 1"), minimum: 1 },
    limit: count("rows a page"),
    total: count("rows of all pages"),
    total_pages: count("0 when there are no rows"),
  },
  "which page of how many",
);
export type ContractPagination = ValueOf<typeof pagination>;

export const span = orNull(
  object(
    {
      from: orNull(instant("its first moment, in UTC; null: the beginning")),
      to: orNull(instant("the first moment after it; null: now")),
    },
    "the time that the plays are of; null: all time",
  ),
);
export type ContractSpan = NonNullable<ValueOf<typeof span>>;

/** "LP, CD and the like" */
export const formsOfCopies = list(text(), "of the copies: LP, CD and the like");

export const monthKeys = (
  plays: string,
): { readonly month: Schema<string>; readonly plays: Schema<number> } => ({
  month: text("2026-02"),
  plays: count(plays),
});

export const historyStates = ["complete", "incomplete", "hidden"] as const;
