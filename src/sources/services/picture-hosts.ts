import type { AskedService, CallOptions } from "./asked-service.ts";

/** too long: longer than a cover is. */
export type Picture = Buffer | "none" | "too long";

/** A host of pictures of covers. */
export interface PictureHost extends AskedService {
  /** Throws TurnedAway where it wants no more requests. */
  picture(address: string, options?: CallOptions): Promise<Picture>;
}

/** Both hosts; what they have in common is that of the two together. */
export interface Covers extends AskedService {
  /** By release/MBID and release-group/MBID. */
  readonly archive: PictureHost;
  /** By the addresses that Discogs tells of its pictures. */
  readonly discogs: PictureHost;
}
