import type { MatchedRelease } from "../matched-release.ts";

/** What a record's formats say it is; "" when they say neither. */
export type ReleaseKind = "album" | "ep" | "single" | "";

export function releaseKind(formats: MatchedRelease["formats"]): ReleaseKind {
  const said = new Set<string>();
  let seven = false;
  let long = false;
  for (const format of formats) {
    for (const description of format.descriptions) {
      said.add(description.toLowerCase());
      if (description === '7"') seven = true;
      if (description === "LP") long = true;
    }
    if (format.name === "Box Set") long = true;
  }
  if (said.has("album") || said.has("compilation")) return "album";
  if (said.has("ep") || said.has("mini-album")) return "ep";
  if (said.has("single") || said.has("maxi-single")) return "single";
  if (long) return "album";
  return seven ? "single" : "";
}

export function isCompilation(formats: MatchedRelease["formats"]): boolean {
  return formats.some((format) => format.descriptions.includes("Compilation"));
}

/** Whether the formats say a box with a collection in it. */
export function isCollection(formats: MatchedRelease["formats"]): boolean {
  const boxed = formats.some(
    (format) => format.name === "Box Set" || format.descriptions.includes("Box Set"),
  );
  return boxed && isCompilation(formats);
}
