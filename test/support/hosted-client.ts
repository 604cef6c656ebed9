// A client of the hosted service, written from its published documents alone: it knows paths, parameters and names, and
// nothing of this program. It takes a base URL and a key, as such clients do.

export interface Page<Row> {
  readonly data: readonly Row[];
  readonly pagination: {
    readonly page: number;
    readonly limit: number;
    readonly total: number;
    readonly total_pages: number;
  };
}

export interface Match {
  readonly collection: { readonly id: number; readonly discogs_id: number; readonly title: string };
  readonly listening: { readonly play_count: number; readonly match_type: string };
}

export interface Item {
  readonly id: number;
  readonly discogs_id: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly format: string;
  /** JSON, as text. */
  readonly format_detail: string;
  readonly label: string;
  readonly date_added: string;
  readonly image: { readonly url: string } | null;
}

export interface Scrobble {
  readonly track: { readonly id: number; readonly name: string };
  readonly artist: { readonly id: number; readonly name: string };
  readonly album: { readonly id: number | null; readonly name: string | null };
  readonly scrobbled_at: string;
}

interface Ranked {
  readonly rank: number;
  readonly id: number;
  readonly name: string;
  readonly detail: string;
  readonly playcount: number;
}

interface Listed {
  readonly id: number;
  readonly name: string;
}

interface Found {
  readonly domain: string;
  readonly entity_type: string;
  readonly entity_id: string;
  readonly title: string;
  /** Shown by clients of the semantic form. */
  readonly score: number;
}

interface Counted {
  readonly name: string;
  readonly count: number;
}

interface Calendar {
  readonly year: number;
  readonly days: readonly { readonly date: string; readonly count: number }[];
  readonly total: number;
  readonly max_day: { readonly date: string; readonly count: number };
}

type Query = Readonly<Record<string, string | number | boolean>>;

/** What the service answers in place of an answer. */
export class HostedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type HostedClient = ReturnType<typeof hostedClient>;

export function hostedClient(baseUrl: string, apiKey: string) {
  const send = async (method: string, path: string, query: Query = {}, body?: object): Promise<unknown> => {
    const url = new URL(`/v1${path}`, baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const answer = await fetch(url, {
      method,
      headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = (await answer.json()) as { error?: string; status?: number };
    if (answer.ok) return told;
    if (typeof told.error !== "string" || told.status !== answer.status) throw new Error("no envelope");
    throw new HostedError(told.status, told.error);
  };
  const get = <Answer>(path: string, query?: Query): Promise<Answer> =>
    send("GET", path, query) as Promise<Answer>;
  const list = async <Row>(path: string, query?: Query): Promise<readonly Row[]> =>
    (await get<{ data: readonly Row[] }>(path, query)).data;

  return {
    health: () => get<{ status: string; timestamp: string }>("/health"),
    syncHealth: () =>
      get<{ domains: Record<"listening" | "collecting", { status: string; items_synced: number }> }>(
        "/health/sync",
      ),
    openApi: () => get<{ openapi: string; paths: Record<string, object> }>("/openapi.json"),
    crossReference: (query?: Query) =>
      get<
        Page<Match> & {
          summary: { total_matches: number; listen_rate: number; unlistened_count: number };
        }
      >("/collecting/cross-reference", query),
    collection: (query?: Query) => get<Page<Item>>("/collecting/vinyl", query),
    item: (id: number) => get<Item & { tracklist: readonly object[] }>(`/collecting/vinyl/${id}`),
    addedLately: (query?: Query) => list<Item>("/collecting/recent", query),
    /** As it is sent, not as it is described: wrapped. */
    collectionStats: async () =>
      (
        await get<{
          data: { total_items: number; wantlist_count: number; by_format: Record<string, number> };
        }>("/collecting/stats")
      ).data,
    wantlist: (query?: Query) => get<Page<Listed & { discogs_id: number }>>("/collecting/wantlist", query),
    formats: () => list<Counted>("/collecting/formats"),
    genres: () => list<Counted>("/collecting/genres"),
    collectedArtists: (limit: number) =>
      list<{ name: string; release_count: number }>("/collecting/artists", { limit }),
    collectingCalendar: (year: number) => get<Calendar>("/collecting/calendar", { year }),
    recent: (query?: Query) => list<Scrobble>("/listening/recent", query),
    recentAlbums: (limit: number) =>
      list<{ album: Listed; artist: Listed; last_scrobbled_at: string }>("/listening/recent/albums", {
        limit,
      }),
    history: (query?: Query) => get<Page<Scrobble>>("/listening/history", query),
    top: (what: "artists" | "albums" | "tracks", query?: Query) =>
      get<Page<Ranked> & { period: string; artist_id?: number | null }>(`/listening/top/${what}`, query),
    listeningGenres: (query?: Query) =>
      list<{ period: string; genres: Record<string, number>; total: number }>("/listening/genres", query),
    search: (q: string, query?: Query) => get<Page<Found>>("/search", { q, ...query }),
    listeningStats: () =>
      get<{ total_scrobbles: number; unique_artists: number; unique_albums: number; unique_tracks: number }>(
        "/listening/stats",
      ),
    artists: (query?: Query) => get<Page<Listed & { playcount: number }>>("/listening/artists", query),
    artist: (id: number) =>
      get<Listed & { playcount: number; top_albums: readonly Listed[] }>(`/listening/artists/${id}`),
    albums: (query?: Query) => get<Page<Listed & { playcount: number }>>("/listening/albums", query),
    album: (id: number) =>
      get<
        Listed & {
          playcount: number;
          artist: Listed;
          tracks: readonly (Listed & { scrobble_count: number })[];
        }
      >(`/listening/albums/${id}`),
    listeningCalendar: (year: number) => get<Calendar>("/listening/calendar", { year }),
    trends: (metric: string) =>
      get<{ metric: string; data: readonly { period: string; value: number }[] }>("/listening/trends", {
        metric,
      }),
    streaks: () =>
      get<Record<"current" | "longest", { days: number; total_scrobbles: number }>>("/listening/streaks"),
    years: () => list<{ year: number; total_scrobbles: number }>("/listening/years"),
    year: (year: number) =>
      get<{ total_scrobbles: number; top_albums: readonly { name: string; scrobbles: number }[] }>(
        `/listening/year/${year}`,
      ),
    nowPlaying: () => get<{ is_playing: boolean }>("/listening/now-playing"),
    createKey: (name: string, scope: "read" | "admin") =>
      send("POST", "/admin/keys", {}, { name, scope }) as Promise<{
        id: number;
        key: string;
        key_hint: string;
      }>,
    keys: () => list<{ id: number; name: string; scope: string; is_active: boolean }>("/admin/keys"),
    revokeKey: (id: number) =>
      send("DELETE", `/admin/keys/${id}`) as Promise<{ message: string; id: number }>,
    syncCollecting: () => send("POST", "/admin/sync/collecting") as Promise<{ status: string }>,
    syncListening: (type: string) =>
      send("POST", "/admin/sync/listening", {}, { type }) as Promise<{
        status: string;
        items_synced: number;
      }>,
  };
}
