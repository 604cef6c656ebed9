// The Cover Art Archive and Discogs' image host of our own on loopback: each sends on to where its pictures lie.
import { encode } from "jpeg-js";
import { encodePng, paintCover } from "./test-images.ts";
import {
  type ServiceAnswer,
  type Behaviour,
  type LoggedRequest,
  type FakeService,
  calmBehaviour,
  startFakeService,
} from "./fake-service.ts";

export interface CoverData {
  /** Pictures by release/MBID and release-group/MBID. */
  archive: Map<string, Buffer>;
  /** Pictures by the path of the address on Discogs. */
  discogs: Map<string, Buffer>;
}

const cachedCovers = new Map<string, Buffer>();

/** Returns the same cover for the same number. */
export function getCover(number: number, side = 24): Buffer {
  const bytes = cachedCovers.get(`${number} ${side}`) ?? makeCover(number, side);
  cachedCovers.set(`${number} ${side}`, bytes);
  return bytes;
}

function makeCover(number: number, side: number): Buffer {
  const pixels = paintCover(side, side, number);
  return number % 3 === 0 ? encodePng(pixels) : encode({ ...pixels, data: pixels.rgba }, 85).data;
}

function startFakeArchive(
  fixture: CoverData,
  behaviour: Partial<Behaviour>,
): Promise<FakeService<Behaviour>> {
  // A redirect to another host, as the real one makes, would lead out of this machine.
  return startFakeService({ ...calmBehaviour, ...behaviour }, ({ path }: LoggedRequest): ServiceAnswer => {
    const [, address = ""] = /^\/((?:release|release-group)\/[\da-f-]{36})\/front-250$/.exec(path) ?? [];
    const [, kept = ""] = /^\/download\/(.+)\.jpg$/.exec(path) ?? [];
    if (kept !== "") return buildImageAnswer(fixture.archive.get(kept));
    if (!fixture.archive.has(address))
      return { status: 404, body: "<html>No such cover</html>", headers: page };
    return { status: 307, body: "", headers: { location: `/download/${address}.jpg` } };
  });
}

const page = { "content-type": "text/html" };

function buildImageAnswer(bytes: Buffer | undefined): ServiceAnswer {
  if (bytes === undefined) return { status: 404, body: "<html>Nothing here</html>", headers: page };
  return { status: 200, body: bytes, headers: { "content-type": "image/jpeg" } };
}

export async function startFakeCoverHosts(fixture: CoverData, behaviour: Partial<Behaviour>) {
  return {
    archive: await startFakeArchive(fixture, behaviour),
    images: await startFakeService({ ...calmBehaviour, ...behaviour }, ({ path }) =>
      buildImageAnswer(fixture.discogs.get(path)),
    ),
  };
}
