import { bareArtistName } from "../../model/bare-names.ts";
import { fold } from "../text/fold.ts";
import { parseTitle } from "./title.ts";

/** The words of a name with a blank on each side: a word is in it where it stands between blanks. */
export type WordBag = string;

/** Names of the database where the sleeve has another one, with that one. */
export type OtherNames = readonly (readonly [name: string, onSleeve: string])[];

/** Numbers stand in it as they are written and in digits: "Led Zeppelin II" is found as "led zeppelin 2". */
export function wordBag(artist: string, title: string, otherNames: OtherNames = []): WordBag {
  const { folded, counted } = parseTitle(title);
  const others = otherNames.map(([name, onSleeve]) => `${bareArtistName(name)} ${onSleeve}`).join(" ");
  const parts = [fold(artist), folded, counted === folded ? "" : counted, others && fold(others)];
  return ` ${parts.filter((part) => part !== "").join(" ")} `.replaceAll(" n ", " and ");
}
