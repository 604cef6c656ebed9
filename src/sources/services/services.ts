import type { CollectionService } from "./collection-service.ts";
import type { ListeningService } from "./listening-service.ts";
import type { MusicBrainz } from "./musicbrainz-service.ts";
import type { Covers } from "./picture-hosts.ts";

/** All that a sync asks: over the network, or from memory as the demo does. */
export interface Services {
  readonly collection: CollectionService;
  readonly listening: ListeningService;
  readonly musicbrainz: MusicBrainz;
  readonly covers: Covers;
  /** Closes sockets. Safe to call twice. */
  close(): Promise<void>;
}
