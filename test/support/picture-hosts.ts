// The Cover Art Archive and Discogs' image host of our own on loopback: each sends on to where its pictures lie.
import { encode } from "jpeg-js";
import { png, sleeve } from "./pictures.ts";
import {
  type Answer,
  type Behaviour,
  type LoggedRequest,
  type StandIn,
  calm,
  startStandIn,
} from "./stand-in.ts";

export interface PictureWorld {
  /** By release/MBID and release-group/MBID. */
  archive: Map<string, Buffer>;
  /** By the path of the address at Discogs. */
  discogs: Map<string, Buffer>;
}

const made = new Map<string, Buffer>();

/** Always the same for the same number. */
export function cover(number: number, side = 24): Buffer {
  const bytes = made.get(`${number} ${side}`) ?? makeCover(number, side);
  made.set(`${number} ${side}`, bytes);
  return bytes;
}

function makeCover(number: number, side: number): Buffer {
  const pixels = sleeve(side, side, number);
  return number % 3 === 0 ? png(pixels) : encode({ ...pixels, data: pixels.rgba }, 85).data;
}

function startArchive(world: PictureWorld, behaviour: Partial<Behaviour>): Promise<StandIn<Behaviour>> {
  // A redirect to another host, as the real one makes, would lead out of this machine.
  return startStandIn({ ...calm, ...behaviour }, ({ path }: LoggedRequest): Answer => {
    const [, address = ""] = /^\/((?:release|release-group)\/[\da-f-]{36})\/front-250$/.exec(path) ?? [];
    const [, kept = ""] = /^\/download\/(.+)\.jpg$/.exec(path) ?? [];
    if (kept !== "") return pictureAnswer(world.archive.get(kept));
    if (!world.archive.has(address))
      return { status: 404, body: "<html>No such cover</html>", headers: page };
    return { status: 307, body: "", headers: { location: `/download/${address}.jpg` } };
  });
}

const page = { "content-type": "text/html" };

function pictureAnswer(bytes: Buffer | undefined): Answer {
  if (bytes === undefined) return { status: 404, body: "<html>Nothing here</html>", headers: page };
  return { status: 200, body: bytes, headers: { "content-type": "image/jpeg" } };
}

export async function startPictureHosts(world: PictureWorld, behaviour: Partial<Behaviour>) {
  return {
    archive: await startArchive(world, behaviour),
    images: await startStandIn({ ...calm, ...behaviour }, ({ path }) =>
      pictureAnswer(world.discogs.get(path)),
    ),
  };
}
