// What the answers to our own questions hold, those that the hosted service has no path for.
import { keys as dustyKeys } from "../../queries/albums/dusty.ts";
import { keys as explainKeys } from "../../queries/explain/explain.ts";
import { keys as gapsKeys } from "../../queries/albums/gaps-answer.ts";
import { playedKinds } from "../../queries/figures/played-kind.ts";
import { keys as pickKeys } from "../../queries/albums/pick-answer.ts";
import { collectionSchema, paginationSchema, rowProperties } from "./collecting.ts";
import {
  count,
  described,
  flag,
  instant,
  integer,
  list,
  number,
  object,
  orNull,
  text,
  word,
  type SchemasOf,
} from "./json-schema.ts";

type DocumentOf<Table> = { readonly [Name in keyof Table]: unknown };

export const gapsSchema = described(
  object<DocumentOf<typeof gapsKeys>>({
    data: list(
      object<DocumentOf<typeof gapsKeys.data.each>>({
        album: object<DocumentOf<typeof gapsKeys.data.each.album.keys>>({
          id: count,
          album_name: text,
          artist_name: text,
          play_count: count,
          last_played: orNull(instant),
          url: orNull(text),
        }),
        kind: word(...playedKinds),
        editions: count,
        tracks: orNull(count),
        plays_last_12_months: orNull(count),
        wanted: flag,
        owned_by_artist: count,
        box_by_artist: flag,
      }),
    ),
    summary: object<DocumentOf<typeof gapsKeys.summary.keys>>({ total: count, wanted: count, plays: count }),
    pagination: paginationSchema,
  }),
  gapsKeys,
);

export const dustySchema = described(
  object<DocumentOf<typeof dustyKeys>>({
    data: list(
      object<DocumentOf<typeof dustyKeys.data.each>>({
        ...(rowProperties as SchemasOf<
          Pick<DocumentOf<typeof dustyKeys.data.each>, "collection" | "listening">
        >),
        copies: count,
        spins: count,
        last_spin: orNull(instant),
      }),
    ),
    summary: object<DocumentOf<typeof dustyKeys.summary.keys>>({ total: count }),
    pagination: paginationSchema,
  }),
  dustyKeys,
);

export const pickSchema = described(
  object<DocumentOf<typeof pickKeys>>({
    data: list(
      object<DocumentOf<typeof pickKeys.data.each>>({
        ...(rowProperties as SchemasOf<
          Pick<DocumentOf<typeof pickKeys.data.each>, "collection" | "listening">
        >),
        copies: count,
        spins: orNull(count),
        last_spin: orNull(instant),
        label: orNull(text),
        catalog_number: orNull(text),
        folder: orNull(text),
        shelf: orNull(text),
        why: text,
        weight: number,
      }),
    ),
    summary: object<DocumentOf<typeof pickKeys.summary.keys>>({
      albums: count,
      records: count,
      proposed_lately: count,
    }),
    seed: orNull(integer),
  }),
  pickKeys,
);

const albumProperties = { id: count, artist_name: text, album_name: text, play_count: count };

export const explainSchema = described(
  object<DocumentOf<typeof explainKeys>>({
    record: collectionSchema,
    original_year: orNull(integer),
    kinds: object<DocumentOf<typeof explainKeys.kinds.keys>>({
      formats: orNull(text),
      musicbrainz: orNull(text),
    }),
    decision: object<DocumentOf<typeof explainKeys.decision.keys>>({
      match_type: word("exact", "fuzzy", "artist_only", "none"),
      match_confidence: number,
      rule: text,
      decided_by: word("matcher", "user"),
    }),
    credited: list(
      object<DocumentOf<typeof explainKeys.credited.each>>({
        ...albumProperties,
        last_played: orNull(instant),
        rule: text,
        confidence: number,
      }),
    ),
    rejected: list(
      object<DocumentOf<typeof explainKeys.rejected.each>>({ ...albumProperties, reason: text }),
    ),
  }),
  explainKeys,
);
