// Names as the services write them.

/**
 * An artist's name without Discogs' marks: the number of one of several artists with the same name, "Ghost (32)", and
 * the star of a name variation, "David Bowie*".
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
