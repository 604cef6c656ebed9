// The house, once: the linter's rules and the test that plants violations are both made of these rows.

/**
 * @typedef {object} Room
 * @property {string} room A file or a folder of src/; `*` stands for any one name, each a room of its own. A file
 *   belongs to the longest row that fits it.
 * @property {readonly string[]} knows The rooms that it may import from, with all that is in them; itself goes without
 *   saying. What has a row of its own inside of it has to be named.
 * @property {boolean} [node] false: not even Node's own modules.
 */

/** Nouns, errors, and what holds the outside to bounds. */
const plainNouns = [
  "model.ts",
  "names.ts",
  "steps.ts",
  "local-days.ts",
  "decode.ts",
  "json-bounds.ts",
  "redact.ts",
  "pattern.ts",
];
const trackNouns = ["track-position.ts", "playable-tracks.ts"];
const nouns = [...plainNouns, "kinds.ts", ...trackNouns];
const ground = ["errors.ts", "base-url.ts", "file-text.ts", "replace-file.ts", ...nouns];

/** Which services there are: data, so that settings and questions may name them without what fetches. */
const services = ["sources/all-services.ts", "sources/which.ts", "sources/facts.ts"];

const match = ["match", "match/text", "match/titles", "match/library", "match/rungs"];
const lowest = ["sources", ...services, "store", ...match, "images", "output"];
const middle = ["sync", "queries", "queries/document.ts"];
const host = ["host.ts", "context.ts", "settings", "paths.ts", "privacy.ts"];

/** @type {readonly Room[]} */
export const rooms = [
  ...["errors.ts", ...plainNouns].map((room) => ({ room, knows: [], node: false })),
  { room: "kinds.ts", knows: ["model.ts"], node: false },
  ...trackNouns.map((room) => ({ room, knows: ["model.ts", ...trackNouns], node: false })),
  { room: "base-url.ts", knows: ["errors.ts", ...nouns], node: false },
  { room: "file-text.ts", knows: [], node: false },
  { room: "replace-file.ts", knows: [] },
  { room: "package-root.ts", knows: [] },
  { room: "paths.ts", knows: ground },
  { room: "privacy.ts", knows: ground },
  { room: "settings", knows: [...services, ...ground] },
  { room: "standard-streams.ts", knows: ["host.ts", ...ground] },
  { room: "process-signals.ts", knows: ["host.ts"] },
  { room: "compile-cache.ts", knows: ["paths.ts", ...ground] },
  { room: "source-frames.ts", knows: ground },
  { room: "browser.ts", knows: ground },
  { room: "child-program.ts", knows: ["host.ts", ...ground] },
  { room: "pager.ts", knows: ground },

  {
    room: "match",
    knows: ["match/text", "match/titles", "match/library", "match/rungs", ...nouns],
    node: false,
  },
  // A one-way street: from letters to titles, from these to the albums of artists, and to what makes two titles one.
  { room: "match/text", knows: nouns, node: false },
  { room: "match/titles", knows: ["match/text", ...nouns], node: false },
  { room: "match/library", knows: ["match/text", "match/titles", ...nouns], node: false },
  { room: "match/rungs", knows: ["match/text", "match/titles", "match/library", ...nouns], node: false },
  { room: "store", knows: ["paths.ts", ...ground] },
  { room: "sources", knows: [...services, ...ground] },
  ...services.map((room) => ({ room, knows: ["sources", ...services, ...ground] })),
  { room: "output", knows: ground },
  // Pictures: what they look like, and the bytes of those that may be kept.
  { room: "images", knows: ["paths.ts", "package-root.ts", ...ground] },

  // What describes the JSON of an answer, of the questions' as of a sync's.
  { room: "queries/document.ts", knows: [], node: false },
  { room: "queries", knows: ["queries/document.ts", ...services, "store", ...match, "images", ...ground] },
  {
    room: "sync",
    knows: ["queries/document.ts", "sources", ...services, "store", ...match, "images", ...ground],
  },
  // The JSON of an answer as a schema, for the doors that programs come in by.
  { room: "schemas", knows: ["queries", "queries/document.ts", ...ground] },
  {
    room: "server",
    knows: [
      "report",
      "output",
      "schemas",
      "queries",
      "queries/document.ts",
      ...services,
      "store",
      "settings",
      "paths.ts",
      "privacy.ts",
      ...ground,
    ],
  },
  { room: "demo", knows: [...middle, ...lowest, ...ground] },
  // Another door to the same questions, for those who would rather look.
  {
    room: "report",
    knows: ["queries", "queries/document.ts", ...services, "store", "images", "output", ...ground],
  },
  // And one for assistants.
  { room: "mcp", knows: ["schemas", "queries", "queries/document.ts", "store", "output", ...ground] },

  { room: "host.ts", knows: ["sources", ...services, "output", ...ground] },
  {
    room: "context.ts",
    knows: [
      "host.ts",
      "sources",
      ...services,
      "store",
      "output",
      "settings",
      "paths.ts",
      "privacy.ts",
      ...ground,
    ],
  },
  // A verb knows no other verb: what several have in common is shared.
  { room: "commands/shared", knows: ["demo", ...middle, ...lowest, ...host, ...ground] },
  {
    room: "commands/*",
    knows: ["commands/shared", "server", "mcp", "report", "demo", ...middle, ...lowest, ...host, ...ground],
  },
  {
    room: "program",
    knows: [
      "commands/shared",
      "commands/*",
      "host.ts",
      "context.ts",
      "queries",
      "queries/document.ts",
      "output",
      ...ground,
    ],
  },
  {
    room: "main.ts",
    knows: [
      "program",
      "commands/shared",
      "commands/*",
      "demo",
      ...middle,
      ...lowest,
      ...host,
      "browser.ts",
      "child-program.ts",
      "pager.ts",
      "compile-cache.ts",
      "package-root.ts",
      "standard-streams.ts",
      "process-signals.ts",
      "source-frames.ts",
      ...ground,
    ],
  },
];

/** Each library has one door: nothing else imports it. */
export const doors = {
  undici: "sources/transport/http.ts",
  "better-sqlite3": "store/database.ts",
  ora: "output/progress.ts",
  chalk: "output/paint.ts",
  "csv-stringify": "output/csv.ts",
  "cli-table3": "output/box.ts",
  commander: "program/tree.ts",
  hono: "server/app.ts",
  "@hono/node-server": "server/listen.ts",
  "@modelcontextprotocol/server": "mcp/serve.ts",
  "d3-array": "report/plots/d3.ts",
  "d3-scale": "report/plots/d3.ts",
  "d3-shape": "report/plots/d3.ts",
  "d3-time": "report/plots/d3.ts",
  "any-ascii": "match/text/transliterate.ts",
  "fastest-levenshtein": "match/text/edit-distance.ts",
  "jpeg-js": "images/jpeg.ts",
  "fast-png": "images/png.ts",
  thumbhash: "images/thumbhash.ts",
};
