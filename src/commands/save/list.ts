// The saved questions as a list and as JSON.
import type { Keys } from "../../queries/documents/document.ts";
import type { SavedQuestions } from "../shared/opening/saved-questions.ts";

interface SavedDocument {
  readonly saved: readonly { readonly name: string; readonly line: readonly string[] }[];
}

export const keys: Keys<SavedDocument> = {
  saved: {
    meaning: "in the order in which they were saved",
    each: { name: "rewind NAME runs it", line: "its words" },
  },
};

export function document(saved: SavedQuestions): SavedDocument {
  return { saved: [...saved].map(([name, line]) => ({ name, line })) };
}
