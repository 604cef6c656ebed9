// What the cache keeps of a cover: a thumbhash and two colours.
import { fitInto, type Pixels } from "./pixels.ts";
import { unpack } from "./unpack.ts";
import { hashedSide, thumbhashOf } from "./thumbhash.ts";

type Colour = readonly [red: number, green: number, blue: number];

interface CoverColours {
  /** #rrggbb of the largest cluster. */
  readonly dominant: string;
  /** #rrggbb of the largest other cluster that is clearly different. */
  readonly accent: string;
}

const clusterCount = 5;
const mostRounds = 10;
/** The approximate number of sampled pixels. */
const sampleCount = 1000;
const leastAlpha = 128;
/** In RGB units. */
const leastDistance = 50;

/** For a picture that is fully transparent. */
const noColours: CoverColours = { dominant: "#000000", accent: "#666666" };

/** k-means with five clusters, as the hosted service does, so that both give the same colours. */
function coloursOf(pixels: Pixels): CoverColours {
  const samples = samplesOf(pixels);
  if (samples.length === 0) return noColours;
  const clusters = clustersOf(samples).toSorted((one, other) => other.size - one.size);
  const [dominant, ...others] = clusters.map(({ centre }) => centre);
  if (dominant === undefined) return noColours;
  const accent = others.find((centre) => distance(centre, dominant) > leastDistance) ?? others[0] ?? dominant;
  return { dominant: hex(dominant), accent: hex(accent) };
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

interface Cluster {
  readonly centre: Colour;
  readonly size: number;
}

/** Starts with centres that are spread evenly over the samples. */
function clustersOf(samples: readonly Colour[]): Cluster[] {
  let centres = firstCentres(samples);
  let nearest = samples.map(() => 0);
  for (let round = 0; round < mostRounds; round += 1) {
    const now = samples.map((sample) => nearestOf(sample, centres));
    const isSettled = now.every((centre, at) => centre === nearest[at]);
    nearest = now;
    if (isSettled) break;
    centres = centres.map((centre, at) => meanOf(samples.filter((_, n) => nearest[n] === at)) ?? centre);
  }
  return centres.map((centre, at) => ({
    centre,
    size: nearest.filter((centreAt) => centreAt === at).length,
  }));
}

function firstCentres(samples: readonly Colour[]): Colour[] {
  const step = Math.max(1, Math.floor(samples.length / clusterCount));
  const first = samples[0] ?? [0, 0, 0];
  return Array.from({ length: clusterCount }, (_, at) => samples[at * step] ?? first);
}

/** Of two equally near centres, the first. */
function nearestOf(sample: Colour, centres: readonly Colour[]): number {
  let best = 0;
  let least = Infinity;
  centres.forEach((centre, at) => {
    const gap = distance(sample, centre);
    if (gap < least) [best, least] = [at, gap];
  });
  return best;
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

export interface CoverPreview {
  /** Base64. */
  readonly thumbhash: string;
  /** #rrggbb */
  readonly dominantColour: string;
  /** #rrggbb */
  readonly accentColour: string;
}

/** Returns null if the picture can't be decoded: damaged, too large, or of another type. */
export function previewOf(bytes: Buffer): CoverPreview | null {
  const pixels = unpack(bytes);
  if (pixels === null) return null;
  const small = fitInto(pixels, hashedSide);
  const { dominant, accent } = coloursOf(small);
  return { thumbhash: thumbhashOf(small), dominantColour: dominant, accentColour: accent };
}
