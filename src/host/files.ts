// Decodes the text of files.

/**
 * UTF-8, unless the first bytes say UTF-16, as PowerShell writes it: by a mark, or since text that begins in ASCII has
 * no byte of 0 in it but there. A mark is no part of the text.
 */
export function textOfBytes(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** Node's name of the encoding. */
export function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (second === 0 && first !== 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined))
    return "utf-16be";
  return "utf-8";
}
