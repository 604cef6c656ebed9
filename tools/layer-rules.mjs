// Turns the rows of layers.mjs into rules of the linter, which refuse any import that a row does not name.
import { posix } from "node:path";
import { importers, layers } from "./layers.mjs";

/** The numbers of folders between a layer and a file in it. */
export const depths = [0, 1, 2];

/** Builds the overrides of the linter's configuration. Later ones win: inner layers follow outer ones, and importers come last. */
export function buildLayerRules() {
  const layerRules = layers.toSorted(compareReach).flatMap((row) =>
    isFile(row.layer)
      ? [{ files: [`src/${row.layer}`], rules: buildRestriction(row, { depth: 0 }) }]
      : depths.map((depth) => ({
          files: [`src/${row.layer}/${"*/".repeat(depth)}*.ts`],
          rules: buildRestriction(row, { depth }),
        })),
  );
  // Libraries that belong together may share an importer.
  const importerRules = [...new Set(Object.values(importers))].map((importer) => {
    const row = findLayer(importer);
    const depth = isFile(row.layer) ? 0 : importer.split("/").length - row.layer.split("/").length - 1;
    const libraries = Object.keys(importers).filter((library) => importers[library] === importer);
    return { files: [`src/${importer}`], rules: buildRestriction(row, { depth, libraries }) };
  });
  return [...layerRules, ...importerRules];
}

/** The row that a file of src/ belongs to; undefined if the table has none. */
export function findLayer(path) {
  return layers
    .filter(({ layer }) => new RegExp(`^${toPattern(layer)}(/|$)`).test(path))
    .toSorted(compareReach)
    .at(-1);
}

function isFile(layer) {
  return layer.endsWith(".ts");
}

function toPattern(layer) {
  return layer.replaceAll(".", String.raw`\.`).replaceAll("*", "[^/]+");
}

/** Compares layers: outer layers come before inner ones, `*` before a name. */
function compareReach({ layer: a }, { layer: b }) {
  return a.split("/").length - b.split("/").length || Number(b.endsWith("*")) - Number(a.endsWith("*"));
}

function compareDepth(a, b) {
  return a.split("/").length - b.split("/").length;
}

/** Builds restrictions: the last pattern that fits an import decides; `!` lets it through. */
function buildRestriction({ layer, mayImport, node = true }, { depth, libraries = [] }) {
  const directory = isFile(layer) ? posix.dirname(layer) : posix.join(layer, "x/".repeat(depth));
  const within = layers.filter((other) => other.layer.startsWith(`${layer}/`));
  const unknownWithin = (outer) =>
    layers
      .map((other) => other.layer)
      .filter((inner) => inner.startsWith(`${outer}/`) && inner !== layer && !mayImport.includes(inner));
  const group = [
    "*",
    ...(isFile(layer) ? [] : ["!./**", ...depths.slice(1, depth + 1).map((up) => `!${"../".repeat(up)}**`)]),
    `${"../".repeat(depth + 1)}**`,
    ...within.map((other) => toImportPattern(directory, other.layer)),
    ...mayImport
      .toSorted(compareDepth)
      .flatMap((other) => [
        `!${toImportPattern(directory, other)}`,
        ...unknownWithin(other).map((inner) => toImportPattern(directory, inner)),
      ]),
    ...(node ? ["!node:**", "!node:**/**"] : []),
    ...libraries.flatMap((library) => [`!${library}`, `!${library}/**`]),
    // No way around: ./../ leads up as well.
    "./**/../**",
  ];
  const may = [...mayImport, ...(node ? ["node:"] : [])].join(", ");
  const message = `${layer} may import from itself${may === "" ? "" : `, ${may}`}: see tools/layers.mjs`;
  return { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] };
}

/** Returns the pattern of all imports from a layer, relative to a directory. */
function toImportPattern(directory, layer) {
  const path = posix.relative(directory, layer);
  if (path === "") return "./**";
  return `${path.startsWith("..") ? "" : "./"}${path}${isFile(layer) ? "" : "/**"}`;
}
