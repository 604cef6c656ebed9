// The stand-ins for both services, for programs in other processes. They make up any number of rows while they are asked.
import { createServer } from "node:http";

export const discogsPerMinute = 60;

/** Returns their addresses; size may be changed while they run. */
export async function startFakeServices(size) {
  const [discogs, lastfm] = await Promise.all([
    startServer(size, (url) => respondAsDiscogs(url, size)),
    startServer(size, (url) => respondAsLastfm(url, size)),
  ]);
  const closeAll = () => {
    discogs.close();
    lastfm.close();
  };
  return { discogs: discogs.url, lastfm: lastfm.url, close: closeAll };
}

function startServer(size, answer) {
  const server = createServer((request, response) => {
    setTimeout(() => {
      const { body, headers } = answer(new URL(request.url, "http://bench"));
      response.writeHead(200, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(body));
    }, size.latencyMs);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const closeAll = () => (server.closeAllConnections(), server.close());
      resolve({ url: `http://127.0.0.1:${server.address().port}/`, close: closeAll });
    });
  });
}

const sentMs = [];

function respondAsDiscogs(url, size) {
  const now = Date.now();
  while (sentMs[0] < now - 60_000) sentMs.shift();
  sentMs.push(now);
  const most = size.limited ? discogsPerMinute : 1_000_000;
  const headers = {
    "x-discogs-ratelimit": String(most),
    "x-discogs-ratelimit-remaining": String(Math.max(0, most - sentMs.length)),
  };
  return { body: buildDiscogsBody(url, size), headers };
}

function buildDiscogsBody({ pathname, searchParams }, size) {
  if (pathname.endsWith("/identity")) return { id: 1, username: "owner" };
  if (pathname.endsWith("/folders"))
    return { folders: [{ id: 1, name: "Uncategorized", count: size.records }] };
  if (pathname.endsWith("/fields")) return { fields: [{ id: 1, name: "Media", position: 1 }] };
  const release = /^\/releases\/(\d+)$/.exec(pathname);
  if (release) return { id: Number(release[1]), tracklist: [] };
  const isWants = pathname.endsWith("/wants");
  const total = isWants ? size.wants : size.records;
  const page = Number(searchParams.get("page"));
  const rows = Array.from({ length: Math.max(0, Math.min(100, total - (page - 1) * 100)) }, (_, at) => {
    const place = (page - 1) * 100 + at;
    return buildDiscogsRow(searchParams.get("sort_order") === "desc" ? total - 1 - place : place, isWants);
  });
  const pagination = {
    page,
    pages: Math.max(1, Math.ceil(total / 100)),
    per_page: 100,
    items: total,
    urls: {},
  };
  return { pagination, [isWants ? "wants" : "releases"]: rows };
}

function buildDiscogsRow(n, isWant) {
  const id = (isWant ? 5_000_000 : 1_000_000) + n;
  return {
    id,
    ...(isWant ? { notes: "" } : { instance_id: 9_000_000 + n, folder_id: 1 }),
    rating: n % 6,
    date_added: new Date(1_300_000_000_000 + n * 3_600_000).toISOString().replace(".000Z", "-07:00"),
    basic_information: {
      id,
      master_id: n * 3,
      title: `Record Number ${n} of the Shelf`,
      year: 1960 + (n % 60),
      cover_image: `https://i.discogs.example/${"c".repeat(120)}/${id}.jpeg`,
      artists: [{ id: 77 + (n % 9000), name: `Band ${n % 9000}`, anv: "", join: "," }],
      formats: [{ name: "Vinyl", qty: "1", descriptions: ["LP", "Album", "Stereo"] }],
      labels: [{ id: n % 500, name: `Label ${n % 500}`, catno: `LB ${n}` }],
      genres: ["Rock"],
      styles: ["Krautrock", "Ambient"],
    },
  };
}

const nowUts = Math.floor(Date.now() / 1000);

function respondAsLastfm({ searchParams }, size) {
  const method = searchParams.get("method").toLowerCase();
  const page = Number(searchParams.get("page") ?? 1);
  const limit = Number(searchParams.get("limit") ?? 50);
  if (method === "user.getinfo") {
    return {
      body: {
        user: {
          name: "listener",
          playcount: String(size.plays),
          album_count: String(size.albums),
          registered: { unixtime: "1190000000" },
        },
      },
    };
  }
  const isChart = method === "user.gettopalbums";
  const window = isChart ? { from: 0, to: size.albums } : selectPlays(searchParams, size);
  const total = window.to - window.from;
  const rows = [];
  for (let at = (page - 1) * limit; at < Math.min(total, page * limit); at += 1) {
    rows.push(isChart ? buildAlbumRow(at, size) : buildPlayRow(window.to - 1 - at, size));
  }
  const attr = {
    user: "listener",
    page: String(page),
    perPage: String(limit),
    totalPages: String(Math.max(1, Math.ceil(total / limit))),
    total: String(total),
  };
  return {
    body: isChart
      ? { topalbums: { album: rows, "@attr": attr } }
      : { recenttracks: { track: rows, "@attr": attr } },
  };
}

/** Scrobbles number 0 to plays - 1, one every 50 minutes, the last one a month ago. */
const stepSeconds = 3_000;
const computeUts = (n, { plays }) => nowUts - 30 * 86_400 - (plays - 1 - n) * stepSeconds;

function selectPlays(searchParams, size) {
  const from = searchParams.has("from") ? Number(searchParams.get("from")) : -Infinity;
  const to = searchParams.has("to") ? Number(searchParams.get("to")) : Infinity;
  const first = Math.max(0, Math.ceil((from - computeUts(0, size)) / stepSeconds));
  const last = Math.min(size.plays - 1, Math.floor((to - computeUts(0, size)) / stepSeconds));
  return { from: Math.min(first, last + 1), to: last + 1 };
}

function buildAlbumRow(n, { plays, albums }) {
  return {
    name: `Record Number ${n * 2} of the Shelf`,
    artist: { name: `Band ${(n * 2) % 9000}`, mbid: "", url: "" },
    playcount: String(Math.floor(plays / albums)),
    mbid: "",
    url: `https://www.last.fm/music/${n}`,
  };
}

function buildPlayRow(n, size) {
  const album = Math.floor(n / 12) % size.albums;
  return {
    artist: { "#text": `Band ${(album * 2) % 9000}`, mbid: "" },
    album: { "#text": `Record Number ${album * 2} of the Shelf`, mbid: "" },
    name: `Track ${n % 12}`,
    date: { uts: String(computeUts(n, size)), "#text": "" },
  };
}
