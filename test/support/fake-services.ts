// The services that a sync asks, ListenBrainz aside, as stand-ins of one clock.
import { collectionServices, listeningServices } from "../../src/sources/all-services.ts";
import { type DiscogsBehaviour, startFakeDiscogs } from "./fake-discogs.ts";
import { type LastfmBehaviour, startFakeLastfm } from "./fake-lastfm.ts";
import { type MusicBrainzBehaviour, type MusicBrainzData, startFakeMusicBrainz } from "./fake-musicbrainz.ts";
import { type CoverData, startFakeCoverHosts } from "./fake-cover-hosts.ts";
import type { Behaviour } from "./fake-service.ts";
import type { DiscogsData, LastfmData } from "./service-data.ts";

export interface ServiceData {
  readonly discogs: DiscogsData;
  readonly lastfm: LastfmData;
  readonly musicbrainz: MusicBrainzData;
  readonly pictures: CoverData;
}

export interface ServiceBehaviours {
  readonly discogs?: Partial<DiscogsBehaviour>;
  readonly lastfm?: Partial<LastfmBehaviour>;
  readonly musicbrainz?: Partial<MusicBrainzBehaviour>;
}

export type FakeServices = Awaited<ReturnType<typeof startFakeServices>>;

/** Works only inside a test. */
export async function startFakeServices(
  histories: ServiceData,
  common: Partial<Behaviour>,
  behaviour: ServiceBehaviours = {},
) {
  return {
    discogs: await startFakeDiscogs(histories.discogs, { ...common, ...behaviour.discogs }),
    lastfm: await startFakeLastfm(histories.lastfm, { ...common, ...behaviour.lastfm }),
    musicbrainz: await startFakeMusicBrainz(histories.musicbrainz, { ...common, ...behaviour.musicbrainz }),
    ...(await startFakeCoverHosts(histories.pictures, common)),
  };
}

/** The settings that lead to the stand-ins. */
export function buildServiceSettings({ discogs, lastfm }: ServiceData, fakeServices: FakeServices) {
  return {
    collection: { service: collectionServices[0], secret: discogs.token },
    listening: { service: listeningServices[0], secret: lastfm.apiKey },
    urls: {
      discogs: fakeServices.discogs.url,
      lastfm: fakeServices.lastfm.url,
      musicbrainz: fakeServices.musicbrainz.url,
      coverartarchive: fakeServices.archive.url,
      "discogs-images": fakeServices.images.url,
    },
  };
}
