// The services that a sync asks, ListenBrainz aside, as stand-ins of one clock.
import { collectionServices, listeningServices } from "../../src/sources/all-services.ts";
import { type DiscogsBehaviour, startDiscogs } from "./discogs-stand-in.ts";
import { type LastfmBehaviour, startLastfm } from "./lastfm-stand-in.ts";
import {
  type MusicBrainzBehaviour,
  type MusicBrainzWorld,
  startMusicBrainz,
} from "./musicbrainz-stand-in.ts";
import { type PictureWorld, startPictureHosts } from "./picture-hosts.ts";
import type { Behaviour } from "./stand-in.ts";
import type { DiscogsWorld, LastfmWorld } from "./world.ts";

export interface ServiceWorlds {
  readonly discogs: DiscogsWorld;
  readonly lastfm: LastfmWorld;
  readonly musicbrainz: MusicBrainzWorld;
  readonly pictures: PictureWorld;
}

export interface ServiceBehaviours {
  readonly discogs?: Partial<DiscogsBehaviour>;
  readonly lastfm?: Partial<LastfmBehaviour>;
  readonly musicbrainz?: Partial<MusicBrainzBehaviour>;
}

export type ServiceStandIns = Awaited<ReturnType<typeof startServices>>;

/** Only inside a test. */
export async function startServices(
  worlds: ServiceWorlds,
  common: Partial<Behaviour>,
  behaviour: ServiceBehaviours = {},
) {
  return {
    discogs: await startDiscogs(worlds.discogs, { ...common, ...behaviour.discogs }),
    lastfm: await startLastfm(worlds.lastfm, { ...common, ...behaviour.lastfm }),
    musicbrainz: await startMusicBrainz(worlds.musicbrainz, { ...common, ...behaviour.musicbrainz }),
    ...(await startPictureHosts(worlds.pictures, common)),
  };
}

/** The settings that lead to the stand-ins. */
export function settingsFor({ discogs, lastfm }: ServiceWorlds, standIns: ServiceStandIns) {
  return {
    collection: { service: collectionServices[0], secret: discogs.token },
    listening: { service: listeningServices[0], secret: lastfm.apiKey },
    urls: {
      discogs: standIns.discogs.url,
      lastfm: standIns.lastfm.url,
      musicbrainz: standIns.musicbrainz.url,
      coverartarchive: standIns.archive.url,
      "discogs-images": standIns.images.url,
    },
  };
}
