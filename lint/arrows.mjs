// The rows of rooms.mjs as rules of the linter: whatever a row doesn't name is refused.
import { posix } from "node:path";
import * as house from "./rooms.mjs";

/** How many folders deep a file may lie in its room. */
export const depths = [0, 1, 2];

/** The overrides of the linter's configuration. Later ones win: rooms within rooms come last, and doors after all. */
export function arrows({ rooms, doors } = house) {
  const ofRooms = rooms.toSorted(byReach).flatMap((row) =>
    isFile(row.room)
      ? [{ files: [`src/${row.room}`], rules: restriction(rooms, row, { depth: 0 }) }]
      : depths.map((depth) => ({
          files: [`src/${row.room}/${"*/".repeat(depth)}*.ts`],
          rules: restriction(rooms, row, { depth }),
        })),
  );
  // Libraries that belong together may share a door.
  const ofDoors = [...new Set(Object.values(doors))].map((door) => {
    const row = roomOf(door, rooms);
    const depth = isFile(row.room) ? 0 : door.split("/").length - row.room.split("/").length - 1;
    const libraries = Object.keys(doors).filter((library) => doors[library] === door);
    return { files: [`src/${door}`], rules: restriction(rooms, row, { depth, libraries }) };
  });
  return [...ofRooms, ...ofDoors];
}

/** The row that a file of src/ belongs to; undefined where the table has none. */
export function roomOf(path, rooms = house.rooms) {
  return rooms
    .filter(({ room }) => new RegExp(`^${shapeOf(room)}(/|$)`).test(path))
    .toSorted(byReach)
    .at(-1);
}

function isFile(room) {
  return room.endsWith(".ts");
}

function shapeOf(room) {
  return room.replaceAll(".", String.raw`\.`).replaceAll("*", "[^/]+");
}

/** From the rooms that hold others to those within, from `*` to a name. */
function byReach({ room: a }, { room: b }) {
  return a.split("/").length - b.split("/").length || Number(b.endsWith("*")) - Number(a.endsWith("*"));
}

function byDepth(a, b) {
  return a.split("/").length - b.split("/").length;
}

/** Of the patterns the last that fits an import decides; `!` lets it through. */
function restriction(rooms, { room, knows, node = true }, { depth, libraries = [] }) {
  const directory = isFile(room) ? posix.dirname(room) : posix.join(room, "x/".repeat(depth));
  const within = rooms.filter((other) => other.room.startsWith(`${room}/`));
  const unknownWithin = (outer) =>
    rooms
      .map((other) => other.room)
      .filter((inner) => inner.startsWith(`${outer}/`) && inner !== room && !knows.includes(inner));
  const group = [
    "*",
    ...(isFile(room) ? [] : ["!./**", ...depths.slice(1, depth + 1).map((up) => `!${"../".repeat(up)}**`)]),
    `${"../".repeat(depth + 1)}**`,
    ...within.map((other) => written(directory, other.room)),
    ...knows
      .toSorted(byDepth)
      .flatMap((other) => [
        `!${written(directory, other)}`,
        ...unknownWithin(other).map((inner) => written(directory, inner)),
      ]),
    ...(node ? ["!node:**", "!node:**/**"] : []),
    ...libraries.flatMap((library) => [`!${library}`, `!${library}/**`]),
    // No way around: ./../ leads up as well.
    "./**/../**",
  ];
  const may = [...knows, ...(node ? ["node:"] : [])].join(", ");
  const message = `${room} may import from itself${may === "" ? "" : `, ${may}`}: see lint/rooms.mjs`;
  return { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] };
}

/** All of a room, as imports in a directory are written. */
function written(directory, room) {
  const path = posix.relative(directory, room);
  if (path === "") return "./**";
  return `${path.startsWith("..") ? "" : "./"}${path}${isFile(room) ? "" : "/**"}`;
}
