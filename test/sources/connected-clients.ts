// The clients of both services, connected to the stand-ins, with all that they reported.
import { onTestFinished } from "vitest";
import { connectServices, type ConnectOptions } from "../../src/sources/connect.ts";
import type { ListenService } from "../../src/sources/services/listening-service.ts";
import type { RequestReport } from "../../src/sources/services/remote-service.ts";
import type { Services } from "../../src/sources/services/service-clients.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { type ListenBrainzBehaviour, startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { type ListenBrainzData, createListenBrainzData } from "../support/listenbrainz-data.ts";
import { createMusicBrainzData } from "../support/fake-musicbrainz.ts";
import { createSeededRandom } from "../support/random.ts";
import {
  type ServiceBehaviours,
  type ServiceData,
  buildServiceSettings,
  startFakeServices,
} from "../support/fake-services.ts";
import { createDiscogsData, createLastfmData } from "../support/service-data.ts";

export async function connectToFakes(
  {
    listenbrainz: listenbrainzWorld = createListenBrainzData(),
    startMs = 1_000_000,
    signing,
    ...given
  }: Partial<ServiceData> & {
    readonly listenbrainz?: ListenBrainzData;
    readonly startMs?: number;
    /** Signs the calls to Last.fm. */
    readonly signing?: { readonly sharedSecret: string; readonly session: string };
  } = {},
  options: Partial<Omit<ConnectOptions, "settings">> = {},
  behaviours: ServiceBehaviours & { readonly listenbrainz?: Partial<ListenBrainzBehaviour> } = {},
  ownSettings: Partial<Pick<ConnectOptions["settings"], "contact" | "urls">> = {},
) {
  const histories: ServiceData = {
    discogs: createDiscogsData(),
    lastfm: createLastfmData(),
    musicbrainz: createMusicBrainzData(),
    pictures: { archive: new Map(), discogs: new Map() },
    ...given,
  };
  const clock = createVirtualClock(startMs);
  const fakeServices = await startFakeServices(histories, { clock }, behaviours);
  const listenbrainz = await startFakeListenBrainz(listenbrainzWorld, { clock, ...behaviours.listenbrainz });
  const reports: RequestReport[] = [];
  const waits: { readonly service: string; readonly ms: number; readonly reason: string }[] = [];
  const settings = buildServiceSettings(histories, fakeServices);
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
    random: createSeededRandom(5),
    onRequest: (report) => reports.push(report),
    onWait: (service, ms, reason) => waits.push({ service: service.id, ms, reason }),
    ...options,
  });
  onTestFinished(() => services.close());
  return { ...fakeServices, services, listenbrainz, clock, reports, waits };
}

export function requireListenService({ listens }: Services): ListenService {
  if (listens === null) throw new Error("no ListenBrainz");
  return listens;
}

/** The error of a call; fails the test if there is none. */
export async function catchFailure(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`threw ${String(error)}, which is no Error`, { cause: error });
  }
  throw new Error("did not fail");
}
