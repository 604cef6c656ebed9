// The data of a cover that the cache keeps: a thumbhash and two colours.
import type { CoverPreview, Pixels } from "../model/cover-preview.ts";
import { shrinkToFit, maxHashedSide, encodeThumbhash } from "./thumbhash.ts";
import { decodeImage } from "./decode-image.ts";

/** Returns null if the picture can't be decoded: damaged, too large, or of another type. */
export function buildCoverPreview(bytes: Buffer): CoverPreview | null {
  const pixels = decodeImage(bytes);
  if (pixels === null) return null;
  const small = shrinkToFit(pixels, maxHashedSide);
  const [dominantColour, accentColour] = extractColours(small);
  return { thumbhash: encodeThumbhash(small), dominantColour, accentColour };
}

type Colour = readonly [red: number, green: number, blue: number];

const clusterCount = 5;
const maxRounds = 10;
/** The approximate number of sampled pixels. */
const sampleCount = 1000;
const minAlpha = 128;
/** RGB units. */
const minAccentDistance = 50;

/** k-means with five clusters, as the hosted service does, so that both give the same colours. */
function extractColours(pixels: Pixels): [dominant: string, accent: string] {
  const samples = samplePixels(pixels);
  const [dominant, ...others] = computeClusterCentres(samples);
  // The picture is fully transparent.
  if (dominant === undefined) return ["#000000", "#666666"];
  const accent =
    others.find((centre) => computeColourDistance(centre, dominant) > minAccentDistance) ??
    others[0] ??
    dominant;
  return [formatHexColour(dominant), formatHexColour(accent)];
}

function samplePixels({ width, height, rgba }: Pixels): Colour[] {
  const step = Math.max(1, Math.floor((width * height) / sampleCount));
  const samples: Colour[] = [];
  for (let at = 0; at < width * height * 4; at += step * 4) {
    if ((rgba[at + 3] ?? 0) < minAlpha) continue;
    samples.push([rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0]);
  }
  return samples;
}

/** The centres of the clusters, the largest cluster first. They start evenly spread over the samples. */
function computeClusterCentres(samples: readonly Colour[]): Colour[] {
  const [first] = samples;
  if (first === undefined) return [];
  const step = Math.max(1, Math.floor(samples.length / clusterCount));
  let centres = Array.from({ length: clusterCount }, (_, at) => samples[at * step] ?? first);
  let nearest = samples.map(() => 0);
  for (let round = 0; round < maxRounds; round += 1) {
    const now = samples.map((sample) => findNearestCentre(sample, centres));
    const isSettled = now.every((centre, at) => centre === nearest[at]);
    nearest = now;
    if (isSettled) break;
    centres = centres.map(
      (centre, at) => averageColours(samples.filter((_, n) => nearest[n] === at)) ?? centre,
    );
  }
  const countClusterSamples = (at: number): number => nearest.filter((centre) => centre === at).length;
  return centres
    .map((centre, at) => ({ centre, size: countClusterSamples(at) }))
    .toSorted((one, other) => other.size - one.size)
    .map(({ centre }) => centre);
}

/** Returns the first of two equally near centres. */
function findNearestCentre(sample: Colour, centres: readonly Colour[]): number {
  const distances = centres.map((centre) => computeColourDistance(sample, centre));
  return distances.indexOf(Math.min(...distances));
}

function averageColours(colours: readonly Colour[]): Colour | null {
  if (colours.length === 0) return null;
  const averageChannel = (part: 0 | 1 | 2): number =>
    Math.round(colours.reduce((sum, colour) => sum + colour[part], 0) / colours.length);
  return [averageChannel(0), averageChannel(1), averageChannel(2)];
}

function computeColourDistance(one: Colour, other: Colour): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function formatHexColour(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
