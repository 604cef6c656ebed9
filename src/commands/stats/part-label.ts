import { printable, type SafeText } from "../../output/escape.ts";
import type { Part } from "../../queries/figures/breakdown.ts";
import { dimensions, type DimensionName } from "../../queries/figures/dimensions.ts";

/** What a part of the shelf is called where people read it. */
export function labelOf(by: DimensionName, { value }: Part): SafeText {
  return printable(value ?? dimensions[by].none);
}
