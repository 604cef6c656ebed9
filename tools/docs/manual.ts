// The manual page, which `npm run build` writes to man/rewind.1.
import remarkMan from "remark-man";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { renderManualText } from "./pages.ts";

/** Writes the format of man(1). The same declarations make the same text on any day. */
export async function renderManual(): Promise<string> {
  const page = await unified()
    .use(remarkParse)
    .use(remarkMan, {
      name: "rewind",
      section: 1,
      description: "your records and your listening, side by side",
      date: "",
      version: "rewind",
      manual: "",
    })
    .process(await renderManualText());
  return String(page).replace(/^(\.TH "REWIND" "1") "[^"]*"/m, '$1 ""');
}
