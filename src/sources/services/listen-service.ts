// A service that keeps listens, one by one, under keys of its own: ListenBrainz.
import type { Listen } from "../../model/source-play.ts";
import type { PlaySending } from "./listening-service.ts";
import type { CallOptions, AskedService } from "./remote-service.ts";

export interface ListenPage {
  /** In the service's own spelling. */
  readonly username: string;
  /** The first and the last second with a listen of this user; 0 if there is none. */
  readonly oldestUts: number;
  readonly latestUts: number;
  readonly listens: readonly Listen[];
}

export interface ListenService extends AskedService {
  /** Listens a page: the largest, and a smaller one for pages that time out. */
  readonly pageSizes: readonly [largest: number, ...smaller: number[]];
  /** The newest listens. */
  newestListens(username: string, count: number, options?: CallOptions): Promise<ListenPage>;
  /**
   * The oldest listens after a second. A search that begins before `oldestUts - 1` may end too early.
   * The service may return fewer than `count`, also if there are more.
   */
  listensAfter(username: string, uts: number, count: number, options?: CallOptions): Promise<ListenPage>;
  /** Includes listens that were deleted within the last hour. */
  listenCount(username: string, options?: CallOptions): Promise<number>;
  /** The server at the service's address if it is another one, which lists no listens; null: none that is known. */
  otherServer(options?: CallOptions): Promise<"Koito" | "Maloja" | null>;
  /** null without a token. */
  readonly writing: ListenWriting | null;
}

/** `scrobble` only queues: a play is stored once it is listed. */
export interface ListenWriting extends PlaySending {
  /** The service lists the listen until the next full hour. It does not say whether there was one. */
  deleteListen(listen: Pick<Listen, "listenedUts" | "msid">, options?: CallOptions): Promise<void>;
}
