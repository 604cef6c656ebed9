// What the answer of a search holds.
import type { FoundEntity } from "../../queries/albums/full-text.ts";
import { paginationSchema } from "./collecting.ts";
import { address, list, nothing, number, object, orNull, text, word } from "./json-schema.ts";

export const searchSchema = object<{ data: unknown; pagination: unknown }>({
  data: list(
    object<FoundEntity>({
      domain: word("listening", "collecting"),
      entity_type: word("artist", "album", "track", "release"),
      entity_id: text,
      title: text,
      subtitle: orNull(text),
      image_key: nothing,
      image: orNull(
        object<NonNullable<FoundEntity["image"]>>({
          cdn_url: address,
          thumbhash: orNull(text),
          dominant_color: orNull(text),
        }),
      ),
      url: orNull(address),
      instapaper_url: nothing,
      instapaper_app_url: nothing,
      author: nothing,
      score: { ...number, minimum: 0, maximum: 1 },
    }),
  ),
  pagination: paginationSchema,
});
