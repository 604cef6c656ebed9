// Decodes the text of files.

/**
 * Decodes UTF-8, or UTF-16 as PowerShell writes it. UTF-16 begins with a byte order mark, or has a zero byte next to the
 * first ASCII character. The mark is removed.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(detectEncoding(bytes)).decode(bytes);
}

/** Node's name of the encoding. */
export function detectEncoding([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (second === 0 && first !== 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined))
    return "utf-16be";
  return "utf-8";
}
