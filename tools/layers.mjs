// The layers of src/, the lowest first. A layer may import only from lower layers, and of those only from the ones that it
// names, so layers form no cycle. layer-rules.mjs turns these rows into rules of the linter.

/**
 * @typedef {object} Layer
 * @property {string} layer A folder of src/, without the folders in it that have a row of their own, or one file. `*` stands
 *   for any one name, each a layer of its own.
 * @property {readonly string[]} mayImport The layers that it may import from, in addition to itself.
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
  "sync/paging",
  "sync/history",
  "sync/lookups",
  "sync/listens",
  "sync/plays",
  "sync/shelf",
  "sync",
];
/** The parts that queries share. */
const records = [
  "queries/documents",
  "queries/conditions",
  "queries/statistics",
  "queries/find",
  "queries/filters",
  "queries/parameters",
  "queries/records",
];
const queries = [
  ...records,
  "queries/review",
  "queries/top",
  "queries/albums",
  "queries/shelf",
  "queries/time",
  "queries/explain",
  "queries/sql",
];
const actions = ["actions", "actions/logged", "actions/recognised", "actions/sources"];
const page = [
  "interfaces/page/parts",
  "interfaces/page/plots",
  "interfaces/page/sections",
  "interfaces/page",
];
const shared = [
  "commands/shared",
  "commands/shared/syncing",
  "commands/shared/listing",
  "commands/shared/terminal",
  "commands/shared/prompting",
  "commands/shared/access",
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
  { layer: "match/albums", mayImport: ["model", "match/text", "match/titles"], node: false },
  { layer: "match/rules", mayImport: ["model", "match/text", "match/titles", "match/albums"], node: false },
  {
    layer: "match",
    mayImport: ["model", "match/text", "match/titles", "match/albums", "match/rules"],
    node: false,
  },

  { layer: "merge", mayImport: ["model", "match/text", "match/titles"], node: false },

  { layer: "queries/documents", mayImport: ["model", "sources"] },
  { layer: "queries/conditions", mayImport: ["model", "store/file", "match/text"] },
  { layer: "queries/statistics", mayImport: ["model", "sources", ...store, ...match, "queries/conditions"] },
  {
    layer: "queries/find",
    mayImport: ["model", ...store, ...match, "queries/conditions", "queries/statistics"],
  },
  { layer: "queries/filters", mayImport: ["model", "store/file", "match/text", ...records] },
  { layer: "queries/parameters", mayImport: ["model", "store/file", "queries/documents", "queries/filters"] },
  { layer: "queries/records", mayImport: ["model", ...store, ...match, ...records] },
  { layer: "queries/review", mayImport: ["model", ...store, ...match, "match/rules", ...records] },
  { layer: "queries/top", mayImport: ["model", ...store, ...match, ...records] },
  {
    layer: "queries/albums",
    mayImport: ["model", ...store, ...match, ...records, "queries/review", "queries/top"],
  },
  {
    layer: "queries/shelf",
    mayImport: [
      "model",
      "sources",
      "sources/listenbrainz",
      ...store,
      ...match,
      ...records,
      "queries/review",
      "queries/top",
      "queries/albums",
    ],
  },
  {
    layer: "queries/time",
    mayImport: ["model", ...store, ...match, ...records, "queries/review", "queries/top", "queries/albums"],
  },
  { layer: "queries/explain", mayImport: ["model", "sources", ...store, ...match, ...records] },
  { layer: "queries/sql", mayImport: ["model", ...store, "queries/documents", "queries/conditions"] },

  { layer: "sync/matching", mayImport: ["model", ...store, ...match] },
  { layer: "sync/merging", mayImport: ["model", ...store, ...match, "merge", "sync/matching"] },
  {
    layer: "sync/imports",
    mayImport: ["model", "sources/files", ...store, "merge", "sync/matching", "sync/merging"],
  },
  { layer: "sync/paging", mayImport: ["model", ...sources, ...store] },
  {
    layer: "sync/history",
    mayImport: ["model", ...sources, ...store, "sync/matching", "sync/merging", "sync/paging"],
  },
  {
    layer: "sync/lookups",
    mayImport: ["model", "images", ...sources, ...store, ...match, "sync/matching", "sync/paging"],
  },
  {
    layer: "sync/listens",
    mayImport: ["model", ...sources, ...store, "sync/matching", "sync/merging", "sync/paging"],
  },
  { layer: "sync/plays", mayImport: ["model", ...sources, ...store, ...match, "sync/paging"] },
  { layer: "sync/shelf", mayImport: ["model", ...sources, ...store, "sync/matching", "sync/paging"] },
  { layer: "sync", mayImport: ["model", ...sources, ...store, ...sync] },
  {
    layer: "actions",
    mayImport: ["output", "settings", ...ground, ...sources, ...store, ...match, ...queries, "sync/matching"],
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
  {
    layer: "actions/sources",
    mayImport: [
      "output",
      "model",
      "sources/services",
      "sources",
      ...store,
      "queries/shelf",
      "sync/merging",
      "sync/listens",
    ],
  },
  {
    layer: "demo",
    mayImport: ["model", ...sources, "store/file", "store/plays"],
  },

  {
    layer: "interfaces/page/parts",
    mayImport: ["model", "output", "images", "sources", ...store, ...queries, ...page],
  },
  { layer: "interfaces/page/plots", mayImport: ["output", ...queries] },
  { layer: "interfaces/page/sections", mayImport: ["model", "output", ...queries, ...page] },
  { layer: "interfaces/page", mayImport: ["output", ...store, ...queries, ...page] },
  { layer: "interfaces/card", mayImport: ["model", "output", "sources", ...store, ...queries, ...page] },
  {
    layer: "interfaces/http",
    mayImport: ["settings", ...ground, ...store, ...queries, ...page],
  },
  {
    layer: "interfaces/http/routes",
    mayImport: ["model", ...store, ...queries, "interfaces/card", "interfaces/http"],
  },
  {
    layer: "interfaces/mcp/tools",
    mayImport: ["model", "output", ...store, ...queries, ...actions],
  },
  { layer: "interfaces/mcp", mayImport: ["output", "queries/documents", "interfaces/mcp/tools"] },

  {
    layer: "context.ts",
    mayImport: ["output", ...ground, ...sources, "settings", "store/file", "store/plays", "store"],
  },
  // A command may import no other command: what several need is in commands/shared.
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
      ...queries,
      "sync/matching",
      "sync/merging",
      "sync",
      "commands/shared",
    ],
  },
  {
    layer: "commands/shared/access",
    mayImport: [
      "output",
      "settings",
      "context.ts",
      ...ground,
      ...sources,
      ...store,
      ...queries,
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
      "commands/shared/access",
    ],
  },
  { layer: "commands/shared/terminal", mayImport: ["output", "context.ts", ...ground] },
  {
    layer: "commands/shared/prompting",
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
      ...queries,
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
      "demo",
      "context.ts",
      ...ground,
      ...sources,
      "sources/files",
      "sources/listenbrainz",
      ...store,
      ...match,
      ...queries,
      ...actions,
      "sync/imports",
      "sync/matching",
      "sync/plays",
      ...page,
      "interfaces/card",
      "interfaces/http",
      "interfaces/http/routes",
      "interfaces/mcp",
      "interfaces/mcp/tools",
      ...shared,
    ],
  },
  { layer: "commands/command-table.ts", mayImport: ["commands/shared", "commands/*"] },
  {
    layer: "cli",
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
  { layer: "main.ts", mayImport: ["output", "context.ts", ...ground, "sources", "commands/*", "cli"] },
];

/**
 * Constants such as `store` also name layers that are not lower than the row. These are left out.
 * @type {readonly Layer[]}
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
  "csv-parse": "sources/files/csv-rows.ts",
  yauzl: "sources/files/input-files.ts",
  "cli-table3": "output/grid.ts",
  commander: "cli/run-program.ts",
  hono: "interfaces/http/app.ts",
  "@hono/node-server": "interfaces/http/listen.ts",
  "@modelcontextprotocol/server": "interfaces/mcp/serve.ts",
  "d3-array": "interfaces/page/plots/figure.ts",
  "d3-scale": "interfaces/page/plots/figure.ts",
  "d3-shape": "interfaces/page/plots/figure.ts",
  "d3-time": "interfaces/page/plots/figure.ts",
  "any-ascii": "match/text/transliteration.ts",
  "fastest-levenshtein": "match/text/edit-distance.ts",
  "jpeg-js": "images/decode-image.ts",
  "fast-png": "images/decode-image.ts",
  thumbhash: "images/thumbhash.ts",
  uqr: "output/qr-code.ts",
};
