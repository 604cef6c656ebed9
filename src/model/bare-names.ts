// Names as the services write them.

/**
 * An artist's name without what Discogs hangs on it: the number that tells namesakes apart in its database, "Ghost (32)",
 * and the star of a name that is spelled otherwise on the sleeve, "David Bowie*".
 */
export function bareArtistName(name: string): string {
  let bare = name.trim();
  while (bare.endsWith("*") || bare.endsWith(")")) {
    const cut = bare
      .replace(/\*$/, "")
      .replace(/ \((?:[2-9]|[1-9]\d+)\)$/, "")
      .trimEnd();
    if (cut === bare || cut === "") break;
    bare = cut;
  }
  return bare;
}
