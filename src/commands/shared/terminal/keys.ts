// What is pressed, out of what a terminal sends: a key by itself, or something that is no answer to a question.

export type Key =
  /** One letter, figure or sign, as typed. */
  | { readonly kind: "sign"; readonly text: string }
  /** Text that came at once. */
  | { readonly kind: "pasted"; readonly text: string }
  | { readonly kind: "enter" | "erase" | "escape" | "interrupt" | "suspend" | "end" };

const escape = "\u001b";
/** What a terminal puts around pasted text, once it was asked to. */
const pasteStart = "200~";
const pasteEnd = `${escape}[201~`;
const mostPasted = 10_000;

const controls: ReadonlyMap<string, Key> = new Map<string, Key>([
  ["\r", { kind: "enter" }],
  ["\n", { kind: "enter" }],
  ["\u007f", { kind: "erase" }],
  ["\b", { kind: "erase" }],
  ["\u0003", { kind: "interrupt" }],
  ["\u0004", { kind: "end" }],
  ["\u001a", { kind: "suspend" }],
]);

/** Within an escape sequence, which may come in pieces. */
type State = "text" | "escape" | "sequence" | "one more" | "report" | "paste";

/**
 * A function that reads one piece of input after the other. Arrows, function keys and what a terminal reports are no
 * keys here; several signs in one piece were pasted, since nobody types that fast.
 */
export function createKeyReader(): (piece: string) => readonly Key[] {
  let state: State = "text";
  let held = "";

  return (piece) => {
    // Escape that came by itself was the key, unless this is plainly the rest of a sequence.
    if (state === "escape" && !/^[[O]/.test(piece)) state = "text";
    const keys: Key[] = [];
    const signs: string[] = [];
    const takeText = (sign: string): void => {
      const key = controls.get(sign);
      if (key !== undefined) keys.push(key);
      else if (!/\p{Cc}/u.test(sign)) signs.push(sign);
    };
    for (const sign of piece) {
      switch (state) {
        case "text":
          if (sign === escape) [state, held] = ["escape", ""];
          else takeText(sign);
          break;
        case "escape":
          if (sign === "[") state = "sequence";
          else if (sign === "O" || sign === "N") state = "one more";
          else if (sign === "]" || sign === "P" || sign === "_" || sign === "^") state = "report";
          // With Alt, or Escape twice.
          else if (sign !== escape) state = "text";
          break;
        case "sequence":
          held += sign;
          if (sign >= "@" && sign <= "~") [state, held] = [held === pasteStart ? "paste" : "text", ""];
          break;
        case "one more":
          state = "text";
          break;
        case "report":
          held += sign;
          if (sign === "\u0007" || held.endsWith(`${escape}\\`)) [state, held] = ["text", ""];
          break;
        case "paste":
          held = (held + sign).slice(-mostPasted);
          if (!held.endsWith(pasteEnd)) break;
          keys.push({ kind: "pasted", text: held.slice(0, -pasteEnd.length) });
          [state, held] = ["text", ""];
      }
    }
    // Nothing followed: the key of that name. What comes next may still be the rest of a sequence.
    if (state === "escape") keys.push({ kind: "escape" });
    const [sign, ...more] = signs;
    if (sign === undefined) return keys;
    if (more.length === 0 && keys.length === 0) return [{ kind: "sign", text: sign }];
    const pasted: Key = { kind: "pasted", text: signs.join("") };
    return [pasted, ...keys.filter(({ kind }) => kind === "interrupt")];
  };
}
