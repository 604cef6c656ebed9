// The rooms of src/, from the lowest to the highest. A room may import only from rooms above it in this list, and of
// those only from the ones that it names: so there is no circle between rooms. The linter's rules are made of these rows.

/**
 * @typedef {object} Room
 * @property {string} room A folder of src/, without the folders in it that have a row of their own, or one file. `*` stands
 *   for any one name, each a room of its own.
 * @property {readonly string[]} knows The rooms that it may import from, besides itself.
 * @property {boolean} [node] false: not even Node's own modules.
 */

const ground = ["model", "host"];
const sources = ["sources/services", "sources/transport", "sources"];
const store = ["store/file", "store/shelf", "store/plays", "store/decisions", "store"];
const match = ["match/text", "match/titles", "match"];
const sync = [
  "sync/imports",
  "sync/merging",
  "sync/matching",
  "sync/walks",
  "sync/history",
  "sync/lookups",
  "sync/listens",
  "sync/plays",
  "sync/shelf",
  "sync",
];
/** What questions are put together from. */
const records = [
  "queries/documents",
  "queries/conditions",
  "queries/figures",
  "queries/find",
  "queries/filters",
  "queries/parameters",
  "queries/records",
];
const questions = [
  ...records,
  "queries/doubts",
  "queries/top",
  "queries/albums",
  "queries/shelf",
  "queries/time",
  "queries/explain",
  "queries/sql",
];
const actions = ["actions", "actions/logged", "actions/recognised", "actions/sources"];
const page = ["doors/page/parts", "doors/page/plots", "doors/page/sections", "doors/page"];
const shared = [
  "commands/shared",
  "commands/shared/syncing",
  "commands/shared/listing",
  "commands/shared/terminal",
  "commands/shared/choosing",
  "commands/shared/opening",
  "commands/shared/explanation",
];

/** @type {readonly Room[]} */
const rows = [
  { room: "model", knows: [], node: false },
  { room: "output", knows: ["model"] },
  { room: "sources/services", knows: ["model"], node: false },
  { room: "host", knows: ["model", "output"] },
  { room: "sources/transport", knows: ["model", "sources/services"] },
  { room: "sources/covers", knows: ["model", "sources/services", "sources/transport"] },
  { room: "sources/discogs", knows: ["model", "sources/services", "sources/transport"] },
  { room: "sources/lastfm", knows: ["model", "sources/services", "sources/transport"] },
  { room: "sources/listenbrainz", knows: ["model", "sources/services", "sources/transport"] },
  { room: "sources/musicbrainz", knows: ["model", "sources/services", "sources/transport"] },
  { room: "sources/files", knows: ["model", "host", "sources/listenbrainz"] },
  {
    room: "sources",
    knows: [
      "model",
      "sources/services",
      "sources/transport",
      "sources/covers",
      "sources/discogs",
      "sources/lastfm",
      "sources/listenbrainz",
      "sources/musicbrainz",
    ],
  },
  { room: "settings", knows: ["sources/services", "sources", ...ground] },
  { room: "images", knows: ground },

  { room: "store/file", knows: ground },
  { room: "store/shelf", knows: ["model", "store/file"] },
  { room: "store/plays", knows: ["model", "store/file", "store/shelf"] },
  { room: "store/decisions", knows: ["model", "host", "store/file", "store/plays"] },
  { room: "store", knows: [...store, ...ground] },

  { room: "match/text", knows: ["model"], node: false },
  { room: "match/titles", knows: ["model", "match/text"], node: false },
  { room: "match/library", knows: ["model", "match/text", "match/titles"], node: false },
  { room: "match/rungs", knows: ["model", "match/text", "match/titles", "match/library"], node: false },
  {
    room: "match",
    knows: ["model", "match/text", "match/titles", "match/library", "match/rungs"],
    node: false,
  },

  { room: "merge", knows: ["model", "match/text", "match/titles"], node: false },

  { room: "queries/documents", knows: ["model", "sources/services", "sources", "store/file"] },
  { room: "queries/conditions", knows: ["model", "store/file", "match/text", "queries/documents"] },
  { room: "queries/figures", knows: ["model", "sources", ...store, ...match, "queries/conditions"] },
  { room: "queries/find", knows: ["model", ...store, ...match, "queries/conditions", "queries/figures"] },
  { room: "queries/filters", knows: ["model", "store/file", "match/text", ...records] },
  { room: "queries/parameters", knows: ["model", "store/file", "queries/documents", "queries/filters"] },
  { room: "queries/records", knows: ["model", "images", ...store, ...match, ...records] },
  { room: "queries/doubts", knows: ["model", ...store, ...match, "match/rungs", ...records] },
  { room: "queries/top", knows: ["model", ...store, ...match, ...records] },
  {
    room: "queries/albums",
    knows: ["model", ...store, ...match, ...records, "queries/doubts", "queries/top"],
  },
  {
    room: "queries/shelf",
    knows: [
      "model",
      "sources",
      ...store,
      ...match,
      ...records,
      "queries/doubts",
      "queries/top",
      "queries/albums",
    ],
  },
  {
    room: "queries/time",
    knows: [
      "model",
      "sources/services",
      ...store,
      ...match,
      ...records,
      "queries/doubts",
      "queries/top",
      "queries/albums",
    ],
  },
  { room: "queries/explain", knows: ["model", "sources", ...store, ...match, ...records] },
  { room: "queries/sql", knows: ["model", ...store, "queries/documents", "queries/conditions"] },

  { room: "sync/matching", knows: ["model", ...store, ...match] },
  { room: "sync/merging", knows: ["model", ...store, ...match, "merge", "sync/matching"] },
  { room: "sync/imports", knows: ["model", "sources/files", ...store, "sync/merging"] },
  { room: "sync/walks", knows: ["model", ...sources, ...store] },
  {
    room: "sync/history",
    knows: ["model", ...sources, ...store, "sync/matching", "sync/merging", "sync/walks"],
  },
  {
    room: "sync/lookups",
    knows: ["model", "images", ...sources, ...store, ...match, "sync/matching", "sync/walks"],
  },
  {
    room: "sync/listens",
    knows: ["model", ...sources, ...store, "sync/matching", "sync/merging", "sync/walks"],
  },
  { room: "sync/plays", knows: ["model", ...sources, ...store, ...match, "sync/walks"] },
  { room: "sync/shelf", knows: ["model", ...sources, ...store, "sync/matching", "sync/walks"] },
  { room: "sync", knows: ["model", ...sources, ...store, ...sync, "queries/documents"] },
  {
    room: "actions",
    knows: ["output", "settings", ...ground, ...sources, ...store, ...match, ...questions, "sync/matching"],
  },
  {
    room: "actions/logged",
    knows: [
      "output",
      "settings",
      ...ground,
      ...sources,
      ...store,
      ...records,
      "sync/plays",
      "sync/lookups",
      "actions",
    ],
  },
  { room: "actions/recognised", knows: ["model", ...store, ...match, ...records, "actions/logged"] },
  { room: "actions/sources", knows: ["model", "sources", ...store, "queries/shelf", "sync/merging"] },
  {
    room: "demo",
    knows: ["model", ...sources, "store/file", "store/plays"],
  },

  {
    room: "doors/page/parts",
    knows: ["model", "output", "images", "sources", ...store, ...questions, ...page],
  },
  { room: "doors/page/plots", knows: ["output", ...questions] },
  { room: "doors/page/sections", knows: ["model", "output", ...questions, ...page] },
  { room: "doors/page", knows: ["output", ...store, ...questions, ...page] },
  {
    room: "doors/http",
    knows: ["settings", ...ground, ...store, ...questions, ...page],
  },
  {
    room: "doors/http/routes",
    knows: ["model", ...store, ...questions, "doors/http"],
  },
  {
    room: "doors/mcp/tools",
    knows: ["model", "output", ...store, ...questions, ...actions],
  },
  { room: "doors/mcp", knows: ["output", "queries/documents", "doors/mcp/tools"] },

  {
    room: "context.ts",
    knows: ["output", ...ground, ...sources, "settings", "store/file", "store/plays", "store"],
  },
  // A verb knows no other verb: what several have in common is shared.
  { room: "commands/shared", knows: ["context.ts", ...ground, "queries/documents"] },
  {
    room: "commands/shared/syncing",
    knows: [
      "output",
      "settings",
      "context.ts",
      ...ground,
      ...sources,
      ...store,
      "match",
      ...questions,
      ...sync,
      "commands/shared",
    ],
  },
  {
    room: "commands/shared/opening",
    knows: [
      "output",
      "settings",
      "context.ts",
      ...ground,
      ...sources,
      ...store,
      "match",
      ...questions,
      ...sync,
      "actions",
      "commands/shared",
      "commands/shared/syncing",
    ],
  },
  {
    room: "commands/shared/listing",
    knows: [
      "output",
      "images",
      "context.ts",
      ...ground,
      ...sources,
      ...store,
      ...records,
      "commands/shared",
      "commands/shared/opening",
    ],
  },
  { room: "commands/shared/terminal", knows: ["output", "context.ts", ...ground] },
  {
    room: "commands/shared/choosing",
    knows: ["output", "context.ts", "model", ...store, ...records, "actions", ...shared],
  },
  {
    room: "commands/shared/explanation",
    knows: [
      "output",
      "context.ts",
      "model",
      ...store,
      ...match,
      ...questions,
      "actions/logged",
      "sync/matching",
      ...shared,
    ],
  },
  {
    room: "commands/*",
    knows: [
      "output",
      "settings",
      "images",
      "demo",
      "context.ts",
      ...ground,
      ...sources,
      "sources/files",
      ...store,
      ...match,
      ...questions,
      ...actions,
      ...sync,
      ...page,
      "doors/http",
      "doors/http/routes",
      "doors/mcp",
      "doors/mcp/tools",
      ...shared,
    ],
  },
  { room: "commands/command-table.ts", knows: ["commands/shared", "commands/*"] },
  {
    room: "program",
    knows: [
      "output",
      "context.ts",
      ...ground,
      ...records,
      ...shared,
      "commands/*",
      "commands/command-table.ts",
    ],
  },
  { room: "main.ts", knows: ["output", "context.ts", ...ground, "sources", "commands/*", "program"] },
];

/**
 * @type {readonly Room[]}
 * The rows, each with the rooms above it that it knows: a family of rooms may name some that are not.
 */
export const rooms = rows.map(({ knows, ...row }, place) => ({
  ...row,
  knows: rows
    .slice(0, place)
    .map(({ room }) => room)
    .filter((room) => knows.includes(room)),
}));

/** Each library has one door: nothing else imports it. */
export const doors = {
  undici: "sources/transport/http.ts",
  "better-sqlite3": "store/file/database.ts",
  ora: "output/progress.ts",
  chalk: "output/paint.ts",
  "csv-stringify": "output/row-formats.ts",
  "csv-parse": "sources/files/csv-rows.ts",
  yauzl: "sources/files/input-files.ts",
  "cli-table3": "output/grid.ts",
  commander: "program/tree.ts",
  hono: "doors/http/app.ts",
  "@hono/node-server": "doors/http/listen.ts",
  "@modelcontextprotocol/server": "doors/mcp/serve.ts",
  "d3-array": "doors/page/plots/figure.ts",
  "d3-scale": "doors/page/plots/figure.ts",
  "d3-shape": "doors/page/plots/figure.ts",
  "d3-time": "doors/page/plots/figure.ts",
  "any-ascii": "match/text/spelled-out.ts",
  "fastest-levenshtein": "match/text/edit-distance.ts",
  "jpeg-js": "images/unpack.ts",
  "fast-png": "images/unpack.ts",
  thumbhash: "images/thumbhash.ts",
};
