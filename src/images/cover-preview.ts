// What the cache keeps of a cover: a thumbhash and two colours.
import type { CoverPreview, Pixels } from "../model/pictures.ts";
import { fitInto, hashedSide, thumbhashOf } from "./thumbhash.ts";
import { unpack } from "./unpack.ts";

/** Returns null if the picture can't be decoded: damaged, too large, or of another type. */
export function previewOf(bytes: Buffer): CoverPreview | null {
  const pixels = unpack(bytes);
  if (pixels === null) return null;
  const small = fitInto(pixels, hashedSide);
  const [dominantColour, accentColour] = coloursOf(small);
  return { thumbhash: thumbhashOf(small), dominantColour, accentColour };
}

type Colour = readonly [red: number, green: number, blue: number];

const clusterCount = 5;
const mostRounds = 10;
/** The approximate number of sampled pixels. */
const sampleCount = 1000;
const leastAlpha = 128;
/** In RGB units. */
const leastDistance = 50;

/** k-means with five clusters, as the hosted service does, so that both give the same colours. */
function coloursOf(pixels: Pixels): [dominant: string, accent: string] {
  const samples = samplesOf(pixels);
  const [dominant, ...others] = centresOf(samples);
  // The picture is fully transparent.
  if (dominant === undefined) return ["#000000", "#666666"];
  const accent = others.find((centre) => distance(centre, dominant) > leastDistance) ?? others[0] ?? dominant;
  return [hex(dominant), hex(accent)];
}

function samplesOf({ width, height, rgba }: Pixels): Colour[] {
  const step = Math.max(1, Math.floor((width * height) / sampleCount));
  const samples: Colour[] = [];
  for (let at = 0; at < width * height * 4; at += step * 4) {
    if ((rgba[at + 3] ?? 0) < leastAlpha) continue;
    samples.push([rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0]);
  }
  return samples;
}

/** The centres of the clusters, the largest cluster first. They start evenly spread over the samples. */
function centresOf(samples: readonly Colour[]): Colour[] {
  const [first] = samples;
  if (first === undefined) return [];
  const step = Math.max(1, Math.floor(samples.length / clusterCount));
  let centres = Array.from({ length: clusterCount }, (_, at) => samples[at * step] ?? first);
  let nearest = samples.map(() => 0);
  for (let round = 0; round < mostRounds; round += 1) {
    const now = samples.map((sample) => nearestOf(sample, centres));
    const isSettled = now.every((centre, at) => centre === nearest[at]);
    nearest = now;
    if (isSettled) break;
    centres = centres.map((centre, at) => meanOf(samples.filter((_, n) => nearest[n] === at)) ?? centre);
  }
  const sizeOf = (at: number): number => nearest.filter((centre) => centre === at).length;
  return centres
    .map((centre, at) => ({ centre, size: sizeOf(at) }))
    .toSorted((one, other) => other.size - one.size)
    .map(({ centre }) => centre);
}

/** Of two equally near centres, the first. */
function nearestOf(sample: Colour, centres: readonly Colour[]): number {
  const distances = centres.map((centre) => distance(sample, centre));
  return distances.indexOf(Math.min(...distances));
}

function meanOf(colours: readonly Colour[]): Colour | null {
  if (colours.length === 0) return null;
  const mean = (part: 0 | 1 | 2): number =>
    Math.round(colours.reduce((sum, colour) => sum + colour[part], 0) / colours.length);
  return [mean(0), mean(1), mean(2)];
}

function distance(one: Colour, other: Colour): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function hex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
