// Both clients connected to both stand-ins, with all that they reported.
import { onTestFinished } from "vitest";
import { connectServices, type ConnectOptions } from "../../src/sources/connect.ts";
import type { ListenService } from "../../src/sources/services/listening-service.ts";
import type { RequestReport } from "../../src/sources/services/remote-service.ts";
import type { Services } from "../../src/sources/services/service-clients.ts";
import { collectionServices, listeningServices } from "../../src/sources/all-services.ts";
import { virtualClock, type VirtualClock } from "../support/clock.ts";
import { startDiscogs, type DiscogsBehaviour } from "../support/discogs-stand-in.ts";
import { type ListenBrainz, startListenBrainz } from "../support/listenbrainz-stand-in.ts";
import { type ListenBrainzWorld, makeListenBrainzWorld } from "../support/listenbrainz-world.ts";
import { startLastfm, type LastfmBehaviour } from "../support/lastfm-stand-in.ts";
import {
  type MusicBrainzBehaviour,
  type MusicBrainzWorld,
  makeMusicBrainzWorld,
  startMusicBrainz,
} from "../support/musicbrainz-stand-in.ts";
import { seeded } from "../support/random.ts";
import { startPictureHosts } from "../support/picture-hosts.ts";
import type { Behaviour, StandIn } from "../support/stand-in.ts";
import { type DiscogsWorld, type LastfmWorld, makeDiscogsWorld, makeLastfmWorld } from "../support/world.ts";

export interface Connected {
  readonly services: Services;
  readonly discogs: StandIn<DiscogsBehaviour>;
  readonly lastfm: StandIn<LastfmBehaviour>;
  readonly listenbrainz: ListenBrainz;
  readonly musicbrainz: StandIn<MusicBrainzBehaviour>;
  readonly images: StandIn<Behaviour>;
  readonly clock: VirtualClock;
  readonly reports: RequestReport[];
  readonly waits: { readonly service: string; readonly ms: number; readonly reason: string }[];
}

export async function connectToStandIns(
  worlds: {
    readonly discogs?: DiscogsWorld;
    readonly lastfm?: LastfmWorld;
    readonly listenbrainz?: ListenBrainzWorld;
    readonly musicbrainz?: MusicBrainzWorld;
    readonly startMs?: number;
  } = {},
  options: Partial<ConnectOptions> = {},
): Promise<Connected> {
  const discogsWorld = worlds.discogs ?? makeDiscogsWorld();
  const lastfmWorld = worlds.lastfm ?? makeLastfmWorld();
  const clock = virtualClock(worlds.startMs ?? 1_000_000);
  const discogs = await startDiscogs(discogsWorld, { clock });
  const lastfm = await startLastfm(lastfmWorld, { clock });
  const listenbrainzWorld = worlds.listenbrainz ?? makeListenBrainzWorld();
  const listenbrainz = await startListenBrainz(listenbrainzWorld, { clock });
  const musicbrainz = await startMusicBrainz(worlds.musicbrainz ?? makeMusicBrainzWorld(), { clock });
  const { archive, images } = await startPictureHosts({ archive: new Map(), discogs: new Map() }, clock);
  const reports: RequestReport[] = [];
  const waits: Connected["waits"] = [];
  const services = await connectServices({
    settings: {
      collection: { service: collectionServices[0], secret: discogsWorld.token, url: discogs.url },
      listening: { service: listeningServices[0], secret: lastfmWorld.apiKey, url: lastfm.url },
      listens: { secret: listenbrainzWorld.token, url: listenbrainz.url },
      musicbrainzUrl: musicbrainz.url,
      archiveUrl: archive.url,
      discogsImagesUrl: images.url,
    },
    version: "9.8.7",
    env: {},
    clock,
    random: seeded(5),
    onRequest: (report) => reports.push(report),
    onWait: (service, ms, reason) => waits.push({ service: service.id, ms, reason }),
    ...options,
  });
  onTestFinished(async () => {
    await services.close();
    await Promise.all([
      discogs.close(),
      lastfm.close(),
      listenbrainz.close(),
      musicbrainz.close(),
      archive.close(),
      images.close(),
    ]);
  });
  return { services, discogs, lastfm, listenbrainz, musicbrainz, images, clock, reports, waits };
}

export function listensOf({ listens }: Services): ListenService {
  if (listens === null) throw new Error("no ListenBrainz");
  return listens;
}

/** The error of a call; fails the test if there is none. */
export async function failureOf(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`threw ${String(error)}, which is no Error`, { cause: error });
  }
  throw new Error("did not fail");
}
