// The wantlist in the shape of the hosted API.
import type { WantedPage } from "../documents/album-documents.ts";
import { bareArtistName } from "../../model/bare-names.ts";
import type { Database } from "../../store/file/database.ts";
import { contractPagination, type Paging } from "../documents/paging.ts";
import { textsIn } from "../records/record-row.ts";

export const wantSorts = ["date_added", "title", "year"] as const;

const wantKeys: Readonly<Record<(typeof wantSorts)[number], string>> = {
  date_added: "want.added_uts",
  title: "sort_key(release.title)",
  year: "release.year",
};

interface WantRow {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  readonly artists: string;
  readonly formats: string;
  readonly genres: string;
  readonly notes: string;
  readonly rating: number;
  readonly dateAdded: string | null;
}

export function wantedPage(
  database: Database,
  {
    sort,
    order,
    paging,
  }: { readonly sort: (typeof wantSorts)[number]; readonly order: "asc" | "desc"; readonly paging: Paging },
): WantedPage {
  const rows = database
    .prepare<[number, number], WantRow>(
      `SELECT want.release_id AS id, release.title AS title, release.year AS year, release.genres AS genres,
         (SELECT json_group_array(name) FROM (SELECT name FROM release_artist WHERE release_id = release.id
            ORDER BY position)) AS artists,
         (SELECT json_group_array(name) FROM (SELECT name FROM release_format WHERE release_id = release.id
            ORDER BY position)) AS formats,
         want.notes AS notes, want.rating AS rating, want.date_added AS dateAdded
       FROM want JOIN release ON release.id = want.release_id
       ORDER BY ${wantKeys[sort]} ${order === "asc" ? "ASC" : "DESC"} NULLS LAST, want.release_id LIMIT ? OFFSET ?`,
    )
    .all(paging.limit, (paging.page - 1) * paging.limit);
  const total = database.prepare<[], number>("SELECT count(*) FROM want").pluck().get() ?? 0;
  return { data: rows.map(wantedItem), pagination: contractPagination(paging, total) };
}

function wantedItem({
  id,
  title,
  year,
  artists,
  formats,
  genres,
  notes,
  rating,
  dateAdded,
}: WantRow): WantedPage["data"][number] {
  return {
    id,
    discogs_id: id,
    title,
    artists: textsIn(artists).map(bareArtistName),
    year,
    formats: textsIn(formats),
    genres: textsIn(genres),
    image: null,
    discogs_url: `https://www.discogs.com/release/${id}`,
    notes: notes === "" ? null : notes,
    rating,
    date_added: dateAdded,
  };
}
