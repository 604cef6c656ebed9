// The listening sources by name: as people read them, the best first.

/** A source that knows more about a play comes earlier, and its names and albums win. Unknown names come last. */
const sources: readonly (readonly [name: string, title: string])[] = [
  ["lastfm", "Last.fm"],
  ["listenbrainz", "ListenBrainz"],
  ["listenbrainz-file", "ListenBrainz export"],
  ["lastfm-file", "Last.fm export"],
  ["pano", "Pano Scrobbler"],
  ["koito", "Koito"],
  ["librefm", "Libre.fm"],
  ["rockbox", ".scrobbler.log"],
  ["spotify", "Spotify"],
  ["apple", "Apple Music"],
  ["maloja", "Maloja"],
  ["lastfm-to-csv", "Last.fm export by the minute"],
  ["spotify-account", "Spotify account data"],
  ["apple-daily", "Apple Music by day"],
];

export function isKnownSource(name: string): boolean {
  return sources.some(([own]) => own === name);
}

export function sourceTitle(name: string): string {
  return sources.find(([own]) => own === name)?.[1] ?? name;
}

function rankOf(name: string): number {
  const at = sources.findIndex(([own]) => own === name);
  return at === -1 ? sources.length : at;
}

export function compareSources(one: string, other: string): number {
  return rankOf(one) - rankOf(other) || (one < other ? -1 : Number(one > other));
}
