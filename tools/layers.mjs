// The layers of src/, from the lowest to the highest. A layer may import only from layers above it in this list, and of
// those only from the ones that it names: so there is no circle between layers. The linter's rules are made of these rows.

/**
 * @typedef {object} Layer
 * @property {string} layer A folder of src/, without the folders in it that have a row of their own, or one file. `*` stands
 *   for any one name, each a layer of its own.
 * @property {readonly string[]} mayImport The layers that it may import from, besides itself.
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

/** @type {readonly Layer[]} */
const rows = [
  { layer: "model", mayImport: [], node: false },
  { layer: "output", mayImport: ["model"] },
  { layer: "sources/services", mayImport: ["model"], node: false },
  { layer: "host", mayImport: ["model", "output"] },
  { layer: "sources/transport", mayImport: ["model", "sources/services"] },
  { layer: "sources/covers", mayImport: ["model", "sources/services", "sources/transport"] },
  { layer: "sources/discogs", mayImport: ["model", "sources/services", "sources/transport"] },
  { layer: "sources/lastfm", mayImport: ["model", "sources/services", "sources/transport"] },
  { layer: "sources/listenbrainz", mayImport: ["model", "sources/services", "sources/transport"] },
  { layer: "sources/musicbrainz", mayImport: ["model", "sources/services", "sources/transport"] },
  { layer: "sources/files", mayImport: ["model", "host", "sources/listenbrainz"] },
  {
    layer: "sources",
    mayImport: [
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
  { layer: "settings", mayImport: ["sources/services", "sources", ...ground] },
  { layer: "images", mayImport: ground },

  { layer: "store/file", mayImport: ground },
  { layer: "store/shelf", mayImport: ["model", "store/file"] },
  { layer: "store/plays", mayImport: ["model", "store/file", "store/shelf"] },
  { layer: "store/decisions", mayImport: ["model", "host", "store/file", "store/plays"] },
  { layer: "store", mayImport: [...store, ...ground] },

  { layer: "match/text", mayImport: ["model"], node: false },
  { layer: "match/titles", mayImport: ["model", "match/text"], node: false },
  { layer: "match/library", mayImport: ["model", "match/text", "match/titles"], node: false },
  { layer: "match/rungs", mayImport: ["model", "match/text", "match/titles", "match/library"], node: false },
  {
    layer: "match",
    mayImport: ["model", "match/text", "match/titles", "match/library", "match/rungs"],
    node: false,
  },

  { layer: "merge", mayImport: ["model", "match/text", "match/titles"], node: false },

  { layer: "queries/documents", mayImport: ["model", "sources/services", "sources", "store/file"] },
  { layer: "queries/conditions", mayImport: ["model", "store/file", "match/text", "queries/documents"] },
  { layer: "queries/figures", mayImport: ["model", "sources", ...store, ...match, "queries/conditions"] },
  {
    layer: "queries/find",
    mayImport: ["model", ...store, ...match, "queries/conditions", "queries/figures"],
  },
  { layer: "queries/filters", mayImport: ["model", "store/file", "match/text", ...records] },
  { layer: "queries/parameters", mayImport: ["model", "store/file", "queries/documents", "queries/filters"] },
  { layer: "queries/records", mayImport: ["model", "images", ...store, ...match, ...records] },
  { layer: "queries/doubts", mayImport: ["model", ...store, ...match, "match/rungs", ...records] },
  { layer: "queries/top", mayImport: ["model", ...store, ...match, ...records] },
  {
    layer: "queries/albums",
    mayImport: ["model", ...store, ...match, ...records, "queries/doubts", "queries/top"],
  },
  {
    layer: "queries/shelf",
    mayImport: [
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
    layer: "queries/time",
    mayImport: [
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
  { layer: "queries/explain", mayImport: ["model", "sources", ...store, ...match, ...records] },
  { layer: "queries/sql", mayImport: ["model", ...store, "queries/documents", "queries/conditions"] },

  { layer: "sync/matching", mayImport: ["model", ...store, ...match] },
  { layer: "sync/merging", mayImport: ["model", ...store, ...match, "merge", "sync/matching"] },
  { layer: "sync/imports", mayImport: ["model", "sources/files", ...store, "sync/merging"] },
  { layer: "sync/walks", mayImport: ["model", ...sources, ...store] },
  {
    layer: "sync/history",
    mayImport: ["model", ...sources, ...store, "sync/matching", "sync/merging", "sync/walks"],
  },
  {
    layer: "sync/lookups",
    mayImport: ["model", "images", ...sources, ...store, ...match, "sync/matching", "sync/walks"],
  },
  {
    layer: "sync/listens",
    mayImport: ["model", ...sources, ...store, "sync/matching", "sync/merging", "sync/walks"],
  },
  { layer: "sync/plays", mayImport: ["model", ...sources, ...store, ...match, "sync/walks"] },
  { layer: "sync/shelf", mayImport: ["model", ...sources, ...store, "sync/matching", "sync/walks"] },
  { layer: "sync", mayImport: ["model", ...sources, ...store, ...sync, "queries/documents"] },
  {
    layer: "actions",
    mayImport: [
      "output",
      "settings",
      ...ground,
      ...sources,
      ...store,
      ...match,
      ...questions,
      "sync/matching",
    ],
  },
  {
    layer: "actions/logged",
    mayImport: [
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
  { layer: "actions/recognised", mayImport: ["model", ...store, ...match, ...records, "actions/logged"] },
  { layer: "actions/sources", mayImport: ["model", "sources", ...store, "queries/shelf", "sync/merging"] },
  {
    layer: "demo",
    mayImport: ["model", ...sources, "store/file", "store/plays"],
  },

  {
    layer: "doors/page/parts",
    mayImport: ["model", "output", "images", "sources", ...store, ...questions, ...page],
  },
  { layer: "doors/page/plots", mayImport: ["output", ...questions] },
  { layer: "doors/page/sections", mayImport: ["model", "output", ...questions, ...page] },
  { layer: "doors/page", mayImport: ["output", ...store, ...questions, ...page] },
  {
    layer: "doors/http",
    mayImport: ["settings", ...ground, ...store, ...questions, ...page],
  },
  {
    layer: "doors/http/routes",
    mayImport: ["model", ...store, ...questions, "doors/http"],
  },
  {
    layer: "doors/mcp/tools",
    mayImport: ["model", "output", ...store, ...questions, ...actions],
  },
  { layer: "doors/mcp", mayImport: ["output", "queries/documents", "doors/mcp/tools"] },

  {
    layer: "context.ts",
    mayImport: ["output", ...ground, ...sources, "settings", "store/file", "store/plays", "store"],
  },
  // A verb mayImport no other verb: what several have in common is shared.
  { layer: "commands/shared", mayImport: ["context.ts", ...ground, "queries/documents"] },
  {
    layer: "commands/shared/syncing",
    mayImport: [
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
    layer: "commands/shared/opening",
    mayImport: [
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
    layer: "commands/shared/listing",
    mayImport: [
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
  { layer: "commands/shared/terminal", mayImport: ["output", "context.ts", ...ground] },
  {
    layer: "commands/shared/choosing",
    mayImport: ["output", "context.ts", "model", ...store, ...records, "actions", ...shared],
  },
  {
    layer: "commands/shared/explanation",
    mayImport: [
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
    layer: "commands/*",
    mayImport: [
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
  { layer: "commands/command-table.ts", mayImport: ["commands/shared", "commands/*"] },
  {
    layer: "program",
    mayImport: [
      "output",
      "context.ts",
      ...ground,
      ...records,
      ...shared,
      "commands/*",
      "commands/command-table.ts",
    ],
  },
  { layer: "main.ts", mayImport: ["output", "context.ts", ...ground, "sources", "commands/*", "program"] },
];

/**
 * @type {readonly Layer[]}
 * The rows, each with the layers above it that it mayImport: a family of layers may name some that are not.
 */
export const layers = rows.map(({ mayImport, ...row }, place) => ({
  ...row,
  mayImport: rows
    .slice(0, place)
    .map(({ layer }) => layer)
    .filter((layer) => mayImport.includes(layer)),
}));

/** Each library has one importer. */
export const importers = {
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
