// The saved questions as a list and as JSON.
import type { SavedDocument } from "../../queries/documents/installation.ts";
import type { SavedQuestions } from "../shared/opening/saved-questions.ts";

export function document(saved: SavedQuestions): SavedDocument {
  return { saved: [...saved].map(([name, line]) => ({ name, line })) };
}
