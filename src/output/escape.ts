// Names come from strangers: nothing in them may steer a terminal.

/** What most names are made of: European letters with their marks, Chinese, Japanese, Korean. */
const harmless = /^[\x20-\x7e\u00a0-\u0600\u3000-\u9fff\uac00-\ud7a3]*$/;
const controls = /\p{Cc}/gu;
// Bidirectional embeddings, overrides, isolates and marks: they reorder what stands around them.
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const loneSurrogates = /\p{Surrogate}/gu;

/** The text as it may be shown: white-space controls become a blank, the others and direction marks vanish. */
export function printable(text: string): string {
  if (harmless.test(text)) return text;
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")
    .replace(controls, "")
    .replace(directions, "")
    .replace(loneSurrogates, "\ufffd");
}

/** JSON text in which what JSON.stringify leaves raw but a terminal would obey is escaped; its value is the same. */
export function terminalSafeJson(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
