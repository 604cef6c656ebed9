// The abilities of a terminal, determined once per stream, and the glyphs, colours and links that it can show.
import type { Colours, ColourLevel } from "./paint.ts";
import { toPrintable, safe, markSafe, type SafeText } from "./safe-text.ts";

export interface Terminal {
  readonly isTerminal: boolean;
  /** The number of columns. Without a terminal, the width for output that needs one anyway. */
  readonly width: number;
  /** fzf's preview window: not a terminal, but it hides what does not fit. */
  readonly isPreview?: true;
  /** chalk's level: 0 none, 1 sixteen colours, 2 and 3 more. */
  readonly colourLevel: ColourLevel;
  /** false: replace …, ×, ─ and others by ASCII. */
  readonly unicode: boolean;
  readonly hyperlinks: boolean;
  /** Rewrites the commands in a text of this program; left out: they stay. Set by rewind demo and --db. */
  readonly adaptHint?: HintAdapter | undefined;
}

export type HintAdapter = (text: string) => string;

export interface StreamFacts {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

interface TerminalOptions {
  /** false: --no-color. */
  readonly colour?: boolean;
  readonly adaptHint?: HintAdapter | undefined;
}

export function detectTerminal(
  stream: StreamFacts,
  env: Environment,
  options: TerminalOptions = {},
): Terminal {
  const isTerminal = Boolean(stream.isTTY);
  const isDumb = env["TERM"] === "dumb";
  const previewWidth = isTerminal ? undefined : parsePositive(env["FZF_PREVIEW_COLUMNS"]);
  const colourLevel = options.colour === false ? 0 : detectColourLevel(isTerminal && !isDumb, env);
  return {
    isTerminal,
    // A terminal that does not know its size reports 0.
    width: isTerminal
      ? (parsePositive(stream.columns) ?? parsePositive(env["COLUMNS"]) ?? 80)
      : (previewWidth ?? defaultWidth),
    ...(previewWidth === undefined ? {} : { isPreview: true }),
    colourLevel,
    unicode: !isDumb && isUtf8(env),
    hyperlinks: isTerminal && colourLevel > 0 && canShowHyperlinks(env),
    ...(options.adaptHint === undefined ? {} : { adaptHint: options.adaptHint }),
  };
}

const defaultWidth = 100;

/** Returns true if lines longer than the screen would be cut off. */
export function isWidthLimited({
  isTerminal,
  isPreview,
}: Pick<Terminal, "isTerminal" | "isPreview">): boolean {
  return isTerminal || isPreview === true;
}

function detectColourLevel(isAble: boolean, env: Environment): ColourLevel {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") {
    if (forced === "0" || forced === "false") return 0;
    return forced === "2" ? 2 : forced === "3" ? 3 : 1;
  }
  if (!isAble || (env["NO_COLOR"] ?? "") !== "") return 0;
  if (/^(truecolor|24bit)$/.test(env["COLORTERM"] ?? "")) return 3;
  return /256/.test(env["TERM"] ?? "") ? 2 : 1;
}

function isUtf8(env: Environment): boolean {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"];
  // A missing locale proves nothing (services, Windows); only another named encoding does.
  if (locale === undefined || locale === "") return true;
  return /utf-?8/i.test(locale);
}

/** Terminals known to support OSC 8 links. Others might print the escape sequence. */
function canShowHyperlinks(env: Environment): boolean {
  return (
    /^(iTerm\.app|WezTerm|vscode|ghostty|Hyper|rio)$/.test(env["TERM_PROGRAM"] ?? "") ||
    /kitty|ghostty|foot|alacritty/.test(env["TERM"] ?? "") ||
    Number(env["VTE_VERSION"]) >= 5000 ||
    env["WT_SESSION"] !== undefined ||
    env["KONSOLE_VERSION"] !== undefined
  );
}

function parsePositive(size: string | number | undefined): number | undefined {
  const number = Number(size);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** Each glyph with its replacement behind it. */
const asciiReplacements = new Map(
  "…... ×x ·- █# ★* ▣+ ─- ✓+ ✗x ━= ╸-".split(" ").map((pair) => [pair.charAt(0), pair.slice(1)] as const),
);

/** Replaces our own glyphs for terminals without UTF-8. Names are unchanged. */
export function toAscii(text: SafeText): SafeText {
  return markSafe(text.replace(/[…×·█★▣─✓✗━╸▉▊▋▌▍▎▏]/g, (glyph) => asciiReplacements.get(glyph) ?? ""));
}

/** Puts `program` before the names of commands: "rewind played 58" becomes "rewind demo played 58". */
export function createHintAdapter(program: string, names: readonly string[]): HintAdapter {
  const command = new RegExp(`\\brewind (?=(?:${names.join("|")})\\b)`, "g");
  return (text) => text.replaceAll(command, () => `${program} `);
}

/** The text with its commands as the user has to type them: in the demo, `rewind demo xref`. */
export function adaptHints(text: string, { adaptHint }: Pick<Terminal, "adaptHint">): string {
  return adaptHint === undefined ? text : adaptHint(text);
}

/** The text in the glyphs that the screen has. */
export function toTerminalText(text: string, screen: Pick<Terminal, "unicode" | "adaptHint">): SafeText {
  const adapted = toPrintable(adaptHints(text, screen));
  return screen.unicode ? adapted : toAscii(adapted);
}

export interface TerminalStyle {
  readonly screen: Terminal;
  readonly colours: Colours;
}

const linkedHostPattern = /(?:^|\.)(?:discogs\.com|last\.fm)$/;

/** The address, if it is a page of one of the services, in ASCII; otherwise null. */
export function toSafePageUrl(url: string): SafeText | null {
  const address = encodeURI(url.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(/%25/g, "%");
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, username, password } = new URL(address);
  const isPage = protocol === "https:" && port === "" && username === "" && password === "";
  return isPage && linkedHostPattern.test(hostname) ? markSafe(address) : null;
}

const returnUnchanged = (text: SafeText): SafeText => text;
const noColours: Colours = {
  dim: returnUnchanged,
  bold: returnUnchanged,
  yellow: returnUnchanged,
  red: returnUnchanged,
  green: returnUnchanged,
};

export async function loadColours(screen: Pick<Terminal, "colourLevel">): Promise<Colours> {
  if (screen.colourLevel === 0) return noColours;
  const { createColours } = await import("./paint.ts");
  return createColours(screen.colourLevel);
}

/**
 * An OSC 8 link, if the terminal supports links and the address is a page of one of the services; otherwise the text.
 */
export function renderLink(
  text: SafeText,
  url: string | null,
  screen: Pick<Terminal, "hyperlinks">,
): SafeText {
  const address = screen.hyperlinks && url !== null ? toSafePageUrl(url) : null;
  return address === null ? text : safe`\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`;
}
