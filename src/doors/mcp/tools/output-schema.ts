// What an answer looks like that has no schema among those of the other doors: its keys are those that the help and the
// documentation tell, and what a value is hangs on the key's name, which means the same in every document.
import type { AnyKeys } from "../../../queries/documents/document.ts";
import { flag, integer, list, number, text, type JsonSchema } from "../../schemas/json-schema.ts";

const textOrNull: JsonSchema = { type: ["string", "null"] };
const integerOrNull: JsonSchema = { type: ["integer", "null"] };
const texts: JsonSchema = list(text);
/** Of a key that is not in the table. */
const scalar: JsonSchema = { type: ["string", "number", "boolean", "null"] };

function every(schema: JsonSchema, ...names: readonly string[]): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(names.map((name) => [name, schema]));
}

/** By the key's name; by that of the object around it as well where one name stands for two things. */
const leaves: ReadonlyMap<string, JsonSchema> = new Map(
  Object.entries({
    ...every(integer, "id", "discogs_id", "editions", "owned_by_artist", "copies", "albums", "records"),
    ...every(integer, "page", "limit", "total", "total_pages", "bytes", "rows", "reported"),
    ...every(integer, "total_matches", "unlistened_count", "proposed_lately", "scrobbled", "rejected_total"),
    ...every(
      integer,
      "never_artist_known",
      "never_artist_unknown",
      "noted_only",
      "exact",
      "fuzzy",
      "artist_only",
      "none",
    ),
    ...every(integer, "owned", "not_owned", "plays", "doubtful"),
    ...every(
      integerOrNull,
      "year",
      "rating",
      "play_count",
      "original_year",
      "tracks",
      "spins",
      "seed",
      "spun",
    ),
    ...every(
      integerOrNull,
      "plays_last_12_months",
      "no_album_tag",
      "scrobbles",
      "unlinked_scrobbles",
      "stray_plays",
    ),
    ...every(number, "listen_rate", "weight", "confidence"),
    ...every(
      text,
      "title",
      "format",
      "form",
      "rule",
      "artist",
      "album",
      "reason",
      "why",
      "path",
      "name",
      "state",
    ),
    ...every(text, "month", "by"),
    ...every(textOrNull, "url", "thumbhash", "dominant_color", "accent_color", "date_added", "discogs_url"),
    ...every(textOrNull, "album_name", "artist_name", "last_played", "last_spin", "label", "catalog_number"),
    ...every(
      textOrNull,
      "folder",
      "shelf",
      "kind",
      "decade",
      "value",
      "first_scrobble",
      "from",
      "to",
      "notes",
    ),
    ...every(textOrNull, "synced_at", "walked_at", "started_at", "next_full_walk", "musicbrainz"),
    ...every(texts, "artists", "genres", "styles", "formats"),
    ...every(flag, "wanted", "box_by_artist", "syncing"),
    ...every(integer, "rank", "owned_records", "owned_plays", "played", "days", "release_id", "duration"),
    ...every(integer, "noted_plays", "albums_spun", "gaps_total", "to_settle"),
    ...every(integerOrNull, "usual_plays", "record_id", "instance_id", "album_id"),
    ...every(text, "uuid", "precision", "source", "note", "position"),
    ...every(textOrNull, "track_name", "added_at", "played_at", "noted_at"),
    ...every(flag, "guessed", "dry_run"),
    ...every(list(integer), "record_ids"),
    ...every(texts, "columns", "forms"),
    ...every(flag, "is_cut", "started"),
    ...every(textOrNull, "failure"),
    "kinds.formats": textOrNull,
    "summary.wanted": integer,
    "data.owned": flag,
    "top_albums.owned": flag,
    ".rows": list(list({ type: ["string", "number", "null"] })),
    match_type: { enum: ["exact", "fuzzy", "artist_only", "none", null] },
    match_confidence: { type: ["number", "null"], minimum: 0, maximum: 1 },
    decided_by: { enum: ["matcher", "user"] },
    history: { enum: ["complete", "incomplete", "hidden"] },
  }),
);

/** Parts of a recap that a short one goes without, as the first of them says for all. */
const ofLongSpans = new Set(["months", "top_albums", "top_artists", "longest_row"]);

/** All keys of a document and no other, each with its meaning. */
export function schemaOfKeys(keys: AnyKeys): JsonSchema {
  return objectOf(keys, "");
}

/** Of documents whose rows differ. */
export function schemaOfForms(first: AnyKeys, ...others: readonly AnyKeys[]): JsonSchema {
  const forms = [first, ...others].map(schemaOfKeys) as {
    properties: Readonly<Record<string, JsonSchema>>;
  }[];
  const rows = forms.map(({ properties }) => properties["data"]?.["items"]);
  const [form] = forms;
  return {
    ...form,
    properties: { ...form?.properties, data: { ...form?.properties["data"], items: { anyOf: rows } } },
  };
}

/** Of answers that are one of several documents. */
export function schemaOfEither(...documents: readonly AnyKeys[]): JsonSchema {
  return { type: "object", anyOf: documents.map(schemaOfKeys) };
}

function objectOf(keys: AnyKeys, parent: string): JsonSchema {
  const properties = Object.entries(keys).map(([name, key]) => {
    const { meaning, ...below } = typeof key === "string" ? { meaning: key } : key;
    return [name, { ...valueOf(name, parent, below, meaning), description: meaning }] as const;
  });
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: Object.keys(keys),
    additionalProperties: false,
  };
}

interface Below {
  readonly keys?: AnyKeys;
  readonly each?: AnyKeys;
}

function valueOf(name: string, parent: string, { keys, each }: Below, meaning: string): JsonSchema {
  const told = ofLongSpans.has(name) ? `${meaning}; null` : meaning;
  if (each !== undefined) return orNullBy(told, list(objectOf(each, name)));
  if (keys !== undefined) return orNullBy(told, objectOf(keys, name));
  return orNullBy(meaning, leaves.get(`${parent}.${name}`) ?? leaves.get(name) ?? scalar);
}

/** What the meaning says of null holds. */
function orNullBy(meaning: string, schema: JsonSchema): JsonSchema {
  return typeof schema["type"] === "string" && /\bnull\b/.test(meaning)
    ? { ...schema, type: [schema["type"], "null"] }
    : schema;
}
