// The weights of the albums that fit, and the draw.
import { daySeconds } from "../../model/times.ts";

/** Returns a generator of numbers in [0, 1). The same seed gives the same numbers on every machine. */
export function seededRandom(seed: number): () => number {
  let state = mixed((seed >>> 0) ^ mixed(Math.floor(seed / 0x1_0000_0000) >>> 0));
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mixed(state) / 0x1_0000_0000;
  };
}

/** A hash that spreads every bit, so that neighbouring seeds give unrelated numbers. */
function mixed(word: number): number {
  let bits = word >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

export interface Pickable {
  readonly playCount: number;
  /** The number of logged plays. */
  readonly notedPlays: number;
  /** null: unknown. */
  readonly spins: number | null;
  /** The last spin, or else the last play. null: never, or unknown. */
  readonly lastUts: number | null;
  /** 0 to 5; 0 is not rated. */
  readonly rating: number;
}

const yearSeconds = 365.25 * daySeconds;
const mostNeglect = 6;

/** Neglect × rating × past love. */
export function pickWeight(album: Pickable, nowUts: number): number {
  return neglect(album, nowUts) * ratingFactor(album.rating) * pastLove(album);
}

/** Never played: 6. Otherwise 1 plus the years since the last time, up to 6, or 2 if the last time is unknown. */
function neglect({ playCount, notedPlays, lastUts }: Pickable, nowUts: number): number {
  if (playCount === 0 && notedPlays === 0) return mostNeglect;
  if (lastUts === null) return 2;
  return Math.min(mostNeglect, 1 + Math.max(0, Math.floor((nowUts - lastUts) / yearSeconds)));
}

function ratingFactor(rating: number): number {
  if (rating === 5) return 3;
  if (rating === 4) return 2;
  return rating === 1 || rating === 2 ? 0.5 : 1;
}

/** By spins; if they are unknown, ten plays count as one. */
function pastLove({ spins, playCount, notedPlays }: Pickable): number {
  const times = spins ?? playCount / 10 + notedPlays;
  if (times >= 10) return 2;
  return times >= 5 ? 1.5 : 1;
}

/** Draws without replacement. An item's chance is its share of the remaining weight. */
export function drawWeighted<Item extends { readonly weight: number }>(
  items: readonly Item[],
  count: number,
  random: () => number,
): Item[] {
  const rest = [...items];
  let sum = rest.reduce((total, { weight }) => total + weight, 0);
  const draw: Item[] = [];
  while (draw.length < count && rest.length > 0) {
    let point = random() * sum;
    let at = rest.findIndex(({ weight }) => (point -= weight) < 0);
    // Rounding may leave a remainder after the last item.
    if (at === -1) at = rest.length - 1;
    const [item] = rest.splice(at, 1);
    if (item === undefined) break;
    sum -= item.weight;
    draw.push(item);
  }
  return draw;
}
