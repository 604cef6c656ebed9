import type { OwnNames } from "./own-names.ts";

const joint = /^(?:and|with|feat|ft|featuring|meets|et|und|y|e|plus) /;
const bringsIn = / (?:with|feat|ft|featuring|by) /g;
const [fewestNames, fewestWords] = [2, 2];

/** A folded title without several of its artists' names before it, or some behind it: "A With B At The Mill", "Title With B". */
export function withoutNames(stem: string, own: OwnNames): readonly string[] {
  const found: string[] = [];
  const behind = withoutLeading(stem, own);
  if (behind.split(" ").length >= fewestWords) found.push(behind);
  for (const { index, 0: sign } of stem.matchAll(bringsIn))
    if (own.areNames(stem.slice(index + sign.length))) found.push(stem.slice(0, index));
  return found;
}

function withoutLeading(stem: string, own: OwnNames): string {
  let [rest, count] = [stem, 0];
  for (;;) {
    const name = own.folded.find((one) => rest.startsWith(`${one} `));
    if (name === undefined) break;
    count += 1;
    const after = rest.slice(name.length + 1);
    const joined = joint.exec(after);
    const next = joined === null ? "" : after.slice(joined[0].length);
    rest = own.folded.some((one) => next.startsWith(`${one} `)) ? next : after;
    if (rest === after) break;
  }
  return count >= fewestNames ? rest : "";
}
