// How likely an album is to be picked, next to the others. The help of rewind pick says the same in words.

export interface Pickable {
  readonly playCount: number;
  /** How often it was noted, beside what was scrobbled. */
  readonly notedPlays: number;
  /** null: not known. */
  readonly spins: number | null;
  /** The last spin, else the last play; null: never, or not known. */
  readonly lastUts: number | null;
  /** 0 to 5; 0 is not rated. */
  readonly rating: number;
}

const yearSeconds = 365.25 * 24 * 60 * 60;
const mostNeglect = 6;

/** Neglect × rating × past love. */
export function pickWeight(album: Pickable, nowUts: number): number {
  return neglect(album, nowUts) * ratingFactor(album.rating) * pastLove(album);
}

/** Never played: 6. Else 1 and one more for each whole year asleep, 6 at most; 2 where the last time is not known. */
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

/** Spins tell it; where they are not known, ten plays stand for one. */
function pastLove({ spins, playCount, notedPlays }: Pickable): number {
  const times = spins ?? playCount / 10 + notedPlays;
  if (times >= 10) return 2;
  return times >= 5 ? 1.5 : 1;
}

/** Draws without putting back: at each draw, an item's chance is its weight's share of what is left. */
export function drawWeighted<Item extends { readonly weight: number }>(
  items: readonly Item[],
  count: number,
  random: () => number,
): Item[] {
  const left = [...items];
  let sum = left.reduce((total, { weight }) => total + weight, 0);
  const drawn: Item[] = [];
  while (drawn.length < count && left.length > 0) {
    let rest = random() * sum;
    let at = left.findIndex(({ weight }) => (rest -= weight) < 0);
    // Rounding can leave a grain behind the last one.
    if (at === -1) at = left.length - 1;
    const [item] = left.splice(at, 1);
    if (item === undefined) break;
    sum -= item.weight;
    drawn.push(item);
  }
  return drawn;
}
