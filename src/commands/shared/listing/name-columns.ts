// The columns that identify a line of a list: its number, the artist and the title.
import type { Column } from "../../../output/field.ts";
import type { Colours } from "../../../output/terminal-style.ts";

export const nameWidth = { share: 2, maxWidth: 28, cut: "end" } as const;
export const titleWidth = { share: 3, maxWidth: 60, cut: "middle" } as const;

type Cell<Row> = Column<Row>["cell"];

export function numberColumn<Row>(colours: Colours, cell: Cell<Row>): Column<Row> {
  return { header: "#", cell, numeric: true, isKey: true, paint: (text) => colours.dim(text) };
}

export function artistColumn<Row>(cell: Cell<Row>): Column<Row> {
  return { header: "Artist", cell, flexible: nameWidth, isName: true };
}

export function titleColumn<Row>(cell: Cell<Row>, suffix?: Column<Row>["suffix"]): Column<Row> {
  const column: Column<Row> = { header: "Title", cell, flexible: titleWidth, isName: true };
  return suffix === undefined ? column : { ...column, suffix };
}
