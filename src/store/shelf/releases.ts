// Releases with their artists, formats and labels. They are written only if they changed.
import { createHash } from "node:crypto";
import type { ArtistCredit, Release } from "../../model/model.ts";
import { stripArtistSuffix } from "../../model/names.ts";
import type { Database } from "../file/database.ts";
import { getReleaseForm, getReleaseKind, getStatedKind } from "../../model/release-kinds.ts";

/** The derived columns of a release. */
function deriveColumns(release: Release) {
  return {
    artist: formatArtistCredit(release.artists),
    kind: getReleaseKind(release.formats, release.artists),
    statedKind: getStatedKind(release.formats, release.artists),
    form: getReleaseForm(release.formats),
  };
}

/** The credit in one line: "Nick Cave & The Bad Seeds", "Prince, Sheila E.". */
export function formatArtistCredit(artists: readonly ArtistCredit[]): string {
  return artists
    .map(
      (artist, index) =>
        stripArtistSuffix(artist.name) + (index < artists.length - 1 ? formatJoinWord(artist.join) : ""),
    )
    .join("");
}

/** Discogs stores a bare comma if the cover has nothing between two names. */
function formatJoinWord(word: string): string {
  const joinWord = word.trim();
  return joinWord === "" || joinWord === "," ? ", " : ` ${joinWord} `;
}

/** Covers the derived columns, so that a version that derives them differently writes the release again. */
export function hashRelease(release: Release): string {
  return hashValue([release, deriveColumns(release)]);
}

const childTables = ["release_artist", "release_format", "release_label"] as const;

/** Returns a function that writes a release with all its rows. */
export function createReleaseWriter(database: Database): (release: Release, digest: string) => void {
  const write = database.prepare(`
    INSERT INTO release (id, master_id, title, year, cover_url, thumb_url, genres, styles, artist, kind, stated_kind, format_kind, form, digest)
    VALUES (@id, @masterId, @title, @year, @coverUrl, @thumbUrl, @genres, @styles, @artist, @kind, @statedKind, @kind, @form, @digest)
    ON CONFLICT (id) DO UPDATE SET
      (master_id, title, year, cover_url, thumb_url, genres, styles, artist, kind, stated_kind, format_kind, form, digest, edition_key, words) =
      (excluded.master_id, excluded.title, excluded.year, excluded.cover_url, excluded.thumb_url, excluded.genres, excluded.styles,
       excluded.artist, excluded.kind, excluded.stated_kind, excluded.format_kind, excluded.form, excluded.digest, NULL, NULL)`);
  const clear = childTables.map((table) => database.prepare(`DELETE FROM ${table} WHERE release_id = ?`));
  const artist = database.prepare("INSERT INTO release_artist VALUES (?, ?, ?, ?, ?, ?)");
  const format = database.prepare("INSERT INTO release_format VALUES (?, ?, ?, ?, ?, ?)");
  const label = database.prepare("INSERT INTO release_label VALUES (?, ?, ?, ?, ?)");
  return (release, digest) => {
    const { id, artists, formats, labels, genres, styles, ...columns } = release;
    const lists = { genres: JSON.stringify(genres), styles: JSON.stringify(styles) };
    write.run({ id, ...columns, ...lists, ...deriveColumns(release), digest });
    for (const statement of clear) statement.run(id);
    artists.forEach((row, at) => artist.run(id, at, row.id, row.name, row.anv, row.join));
    formats.forEach((row, at) =>
      format.run(id, at, row.name, row.quantity, row.text, JSON.stringify(row.descriptions)),
    );
    labels.forEach((row, at) => label.run(id, at, row.id, row.name, row.catalogNumber));
  };
}

/** Deletes releases that are neither on the shelf nor on the wantlist. */
export function pruneReleases(database: Database): void {
  database.exec(`
    DELETE FROM release WHERE id NOT IN (SELECT release_id FROM record)
      AND id NOT IN (SELECT release_id FROM want)`);
}

/** A short hash: shows whether a row changed without reading it. */
export function hashValue(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
}

/** A date of Discogs in unix seconds; null if there is none. */
export function parseDiscogsDate(date: string | null): number | null {
  const ms = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}
