// Both clients connected to both stand-ins, with all that they reported.
import { onTestFinished } from "vitest";
import { connectServices, type ConnectOptions } from "../../src/sources/connect.ts";
import type { ListenService } from "../../src/sources/services/listening-service.ts";
import type { RequestReport } from "../../src/sources/services/remote-service.ts";
import type { Services } from "../../src/sources/services/service-clients.ts";
import { virtualClock } from "../support/clock.ts";
import { type ListenBrainzBehaviour, startListenBrainz } from "../support/listenbrainz-stand-in.ts";
import { type ListenBrainzWorld, makeListenBrainzWorld } from "../support/listenbrainz-world.ts";
import { makeMusicBrainzWorld } from "../support/musicbrainz-stand-in.ts";
import { seeded } from "../support/random.ts";
import {
  type ServiceBehaviours,
  type ServiceWorlds,
  settingsFor,
  startServices,
} from "../support/service-stand-ins.ts";
import { makeDiscogsWorld, makeLastfmWorld } from "../support/world.ts";

export async function connectToStandIns(
  {
    listenbrainz: listenbrainzWorld = makeListenBrainzWorld(),
    startMs = 1_000_000,
    signing,
    ...given
  }: Partial<ServiceWorlds> & {
    readonly listenbrainz?: ListenBrainzWorld;
    readonly startMs?: number;
    /** For Last.fm. */
    readonly signing?: { readonly sharedSecret: string; readonly session: string };
  } = {},
  options: Partial<Omit<ConnectOptions, "settings">> = {},
  behaviours: ServiceBehaviours & { readonly listenbrainz?: Partial<ListenBrainzBehaviour> } = {},
  ownSettings: Partial<Pick<ConnectOptions["settings"], "contact" | "urls">> = {},
) {
  const worlds: ServiceWorlds = {
    discogs: makeDiscogsWorld(),
    lastfm: makeLastfmWorld(),
    musicbrainz: makeMusicBrainzWorld(),
    pictures: { archive: new Map(), discogs: new Map() },
    ...given,
  };
  const clock = virtualClock(startMs);
  const standIns = await startServices(worlds, { clock }, behaviours);
  const listenbrainz = await startListenBrainz(listenbrainzWorld, { clock, ...behaviours.listenbrainz });
  const reports: RequestReport[] = [];
  const waits: { readonly service: string; readonly ms: number; readonly reason: string }[] = [];
  const settings = settingsFor(worlds, standIns);
  const services = await connectServices({
    settings: {
      ...settings,
      listening: signing === undefined ? settings.listening : { ...settings.listening, signing },
      listens: { secret: listenbrainzWorld.token },
      urls: { ...settings.urls, listenbrainz: listenbrainz.url },
      ...ownSettings,
    },
    version: "9.8.7",
    env: {},
    clock,
    random: seeded(5),
    onRequest: (report) => reports.push(report),
    onWait: (service, ms, reason) => waits.push({ service: service.id, ms, reason }),
    ...options,
  });
  onTestFinished(() => services.close());
  return { ...standIns, services, listenbrainz, clock, reports, waits };
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
