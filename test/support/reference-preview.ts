// What services of the same kind make of a picture, worked out in the plainest way there is: slowly.
import { rgbaToThumbHash } from "thumbhash";
import type { CoverPreview } from "../../src/images/cover-preview.ts";
import type { Pixels } from "../../src/images/pixels.ts";

export function referencePreview(pixels: Pixels): CoverPreview {
  const { width, height, rgba } = boxAverage(pixels);
  const [dominantColour, accentColour] = colours({ width, height, rgba });
  return {
    thumbhash: Buffer.from(rgbaToThumbHash(width, height, rgba)).toString("base64"),
    dominantColour,
    accentColour,
  };
}

/** In whole numbers that never run over. */
function boxAverage({ width, height, rgba }: Pixels): Pixels {
  const scale = Math.min(1, 100 / width, 100 / height);
  if (scale === 1) return { width, height, rgba };
  const to = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const small = new Uint8Array(to.width * to.height * 4);
  for (let y = 0; y < to.height; y += 1) {
    for (let x = 0; x < to.width; x += 1) {
      const sums = [0n, 0n, 0n, 0n, 0n] as [bigint, bigint, bigint, bigint, bigint];
      // What of the old pixels lies in the new one, in units of 1 / (old size * new size).
      for (let oldY = Math.floor((y * height) / to.height); oldY < height; oldY += 1) {
        const high =
          Math.min((y + 1) * height, (oldY + 1) * to.height) - Math.max(y * height, oldY * to.height);
        if (high <= 0) break;
        for (let oldX = Math.floor((x * width) / to.width); oldX < width; oldX += 1) {
          const wide =
            Math.min((x + 1) * width, (oldX + 1) * to.width) - Math.max(x * width, oldX * to.width);
          if (wide <= 0) break;
          const at = (oldY * width + oldX) * 4;
          const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(at, at + 4);
          const seen = BigInt(wide * high * alpha);
          sums[0] += seen * BigInt(red);
          sums[1] += seen * BigInt(green);
          sums[2] += seen * BigInt(blue);
          sums[3] += seen;
          sums[4] += BigInt(wide * high);
        }
      }
      const at = (y * to.width + x) * 4;
      if (sums[3] === 0n) continue;
      for (let part = 0; part < 3; part += 1) small[at + part] = rounded(sums[part] ?? 0n, sums[3]);
      small[at + 3] = rounded(sums[3], sums[4]);
    }
  }
  return { ...to, rgba: small };
}

function rounded(sum: bigint, count: bigint): number {
  return Number((2n * sum + count) / (2n * count));
}

type Rgb = [number, number, number];

function colours({ width, height, rgba }: Pixels): [string, string] {
  const step = Math.max(1, Math.floor((width * height) / 1000));
  const samples: Rgb[] = [];
  for (let pixel = 0; pixel < width * height; pixel += step) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(pixel * 4, pixel * 4 + 4);
    if (alpha >= 128) samples.push([red, green, blue]);
  }
  if (samples.length === 0) return ["#000000", "#666666"];
  const apart = Math.max(1, Math.floor(samples.length / 5));
  const centres: Rgb[] = [];
  for (let n = 0; n < 5; n += 1) centres.push([...(samples[n * apart] ?? samples[0] ?? [0, 0, 0])] as Rgb);
  let members = samples.map(() => 0);
  for (let round = 0; round < 10; round += 1) {
    const next = samples.map((sample) => {
      const squares = centres.map((centre) => square(sample, centre));
      return squares.indexOf(Math.min(...squares));
    });
    if (String(next) === String(members)) break;
    members = next;
    for (let n = 0; n < 5; n += 1) {
      const own = samples.filter((_, at) => members[at] === n);
      if (own.length === 0) continue;
      const sum = own.reduce<Rgb>((all, [r, g, b]) => [all[0] + r, all[1] + g, all[2] + b], [0, 0, 0]);
      centres[n] = sum.map((part) => Math.round(part / own.length)) as Rgb;
    }
  }
  const order = [0, 1, 2, 3, 4]
    .map((n) => ({ n, size: members.filter((member) => member === n).length }))
    .toSorted((one, other) => other.size - one.size || one.n - other.n)
    .map(({ n }) => centres[n] ?? [0, 0, 0]) as [Rgb, Rgb, ...Rgb[]];
  const accent = order.slice(1).find((centre) => square(centre, order[0]) > 50 * 50) ?? order[1];
  return [hex(order[0]), hex(accent)];
}

function square(one: Rgb, other: Rgb): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}

function hex(colour: Rgb): string {
  return `#${Buffer.from(colour).toString("hex")}`;
}
