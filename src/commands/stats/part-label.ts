import { printable, type SafeText } from "../../output/escape.ts";
import type { Part } from "../../queries/breakdown.ts";
import { dimensions, type DimensionName } from "../../queries/dimensions.ts";

/** What a part of the shelf is called where people read it. */
export function labelOf(by: DimensionName, { value }: Part): SafeText {
  return printable(value ?? dimensions[by].none);
}
