// A picture of the shelf.
import * as s from "../../../queries/documents/json-schema.ts";
import { choice } from "../../../queries/parameters/parameter.ts";
import { cardKinds, readCardContents } from "../../card/card-contents.ts";
import { Problem } from "../problem.ts";
import { queryRoute } from "../route.ts";
import { getRequestedYear, yearParameter } from "./collecting.ts";

export const cardRoute = queryRoute("/v1/card.svg", {
  summary: "A picture of your year or your shelf",
  details: "One SVG that loads nothing else. The hosted service has no such route.",
  mediaType: "image/svg+xml",
  isLasting: false,
  needsPlaying: ({ card }) => card === "now",
  parameters: { card: choice("which card", cardKinds, "year"), year: yearParameter },
  schema: s.file(),
  needsCollection: true,
  async answer({ card: kind, year }, state) {
    const { database, nowUts, playing, coversDirectory } = state;
    if (year !== null && kind !== "year") throw new Problem(400, `year is only for card=year, not ${kind}`);
    const contents = readCardContents(database, {
      kind,
      year: getRequestedYear(year, state),
      playing,
      nowUts,
    });
    const { drawCard } = await import("../../card/card.ts");
    return Buffer.from(drawCard(database, contents, coversDirectory));
  },
});
