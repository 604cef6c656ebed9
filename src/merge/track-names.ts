// Compares the names of tracks, leaving out what differs between services.
import { hashText } from "../model/hash.ts";
import { foldArtist, isPlaceholderArtist } from "../match/text/artist-name.ts";
import { splitCreditNames } from "../match/text/credit-parts.ts";
import { distance } from "../match/text/edit-distance.ts";
import { fold } from "../match/text/fold.ts";
import { stripTitleExtras } from "../match/titles/track-title.ts";

export interface Credit {
  /** The first name: services differ in the guests that they name. */
  readonly lead: string;
  readonly whole: string;
  /** Each name, and the whole. */
  readonly names: readonly string[];
  /** "Various Artists", or no artist at all. */
  readonly isAnyone: boolean;
}

export interface TrackNames {
  readonly credit: Credit;
  /** The title without guests and remarks about the edition. */
  readonly title: string;
}

export function parseTrackNames(artist: string, title: string): TrackNames {
  return { credit: parseCredit(artist), title: fold(stripTitleExtras(title)) };
}

/** An artist's name is made ready once for many tracks; more artists than this are not kept in memory. */
const maxKnownArtists = 5_000;

/** Returns a function that numbers songs: equal for the same first artist and title. */
export function createSongNumbering(): (artist: string, title: string) => number {
  const leads = new Map<string, string>();
  return (artist, title) => {
    let lead = leads.get(artist);
    if (lead === undefined) {
      lead = parseCredit(artist).lead;
      if (leads.size >= maxKnownArtists) leads.clear();
      leads.set(artist, lead);
    }
    return hashText(`${lead}\n${fold(stripTitleExtras(title))}`);
  };
}

function parseCredit(artist: string): Credit {
  const names = splitCreditNames(artist).map(foldArtist);
  const whole = foldArtist(artist);
  return {
    lead: names[0] ?? whole,
    whole,
    names: [...names, whole],
    isAnyone: isPlaceholderArtist(artist),
  };
}

/** true if two credits can be of one track that has the same title and was played at the same time. */
export function creditsAgree(one: Credit, other: Credit): boolean {
  if (one.isAnyone || other.isAnyone) return true;
  return one.names.some((name) => other.names.includes(name)) || isSimilar(one.whole, other.whole);
}

const minSimilarity = 0.9;

/** true if two names differ by a misspelling at most. Names with different numbers are never similar. */
export function isSimilar(one: string, other: string): boolean {
  if (one === other) return true;
  const longest = Math.max(one.length, other.length);
  if (Math.abs(one.length - other.length) > longest * (1 - minSimilarity)) return false;
  return (
    distance(one, other) <= longest * (1 - minSimilarity) && extractNumbers(one) === extractNumbers(other)
  );
}

function extractNumbers(name: string): string {
  return (name.match(/\p{N}+|\b[ivx]+\b/gu) ?? []).join(" ");
}
