// Documented facts that the program does not declare: environment variables, files and exit codes.
import type { ExitCode } from "../../src/model/errors.ts";

/** Names that belong together, and what they mean. */
export type Row = readonly [names: readonly string[], meaning: string];

export const variables: readonly Row[] = [
  [["REWIND_DB"], "path of the cache; `--db PATH` overrides it"],
  [["NO_COLOR", "FORCE_COLOR"], "turn colours off or on"],
  [
    ["PAGER", "LESS"],
    "program that shows the long lists of `--all` (default: `less`); empty or `cat` turns it off, like `--no-pager`",
  ],
  [["HTTPS_PROXY", "NO_PROXY"], "proxy for requests to the services, and hosts to reach without it"],
];

/** Set by the system and the terminal. */
export const surroundings: readonly Row[] = [
  [
    ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA", "USERPROFILE"],
    "base directories for the settings, the cache and the covers",
  ],
  [["TERM", "COLORTERM"], "colours that the terminal can show; `TERM=dumb` means none, and ASCII only"],
  [["COLUMNS", "FZF_PREVIEW_COLUMNS"], "width of the screen, if the terminal does not report it"],
  [["LANG", "LC_ALL", "LC_CTYPE"], "encoding of the terminal: UTF-8, or ASCII only"],
  [
    ["TERM_PROGRAM", "VTE_VERSION", "WT_SESSION", "KONSOLE_VERSION"],
    "kind of terminal: whether titles can be links, and how it shows pictures",
  ],
  [["TMUX", "STY"], "set inside tmux and screen: pictures are drawn as half blocks"],
  [
    ["BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"],
    "browser that opens a page; without one, rewind prints the address",
  ],
];

export const files: readonly Row[] = [
  [["settings"], "`~/.config/rewind/config.json` (`$XDG_CONFIG_HOME/rewind`, `%APPDATA%\\rewind`)"],
  [["saved questions"], "`saved.json` beside the settings"],
  [["hashes of API keys for rewind serve"], "`keys.json` beside the settings"],
  [
    ["cache, including your decisions"],
    "`~/.local/share/rewind/rewind.db` (`$XDG_DATA_HOME/rewind`, `%LOCALAPPDATA%\\rewind`)",
  ],
  [
    ["backup of your decisions, written before an update changes the cache"],
    "`rewind.decisions.json` beside the cache, then `rewind.decisions.2.json`",
  ],
  [
    ["compiled code, with Node 22.8 and newer"],
    "`~/.cache/rewind` (`$XDG_CACHE_HOME/rewind`, `%LOCALAPPDATA%\\rewind\\cache`)",
  ],
  [
    ["the last error, without its message, for rewind doctor --report"],
    "`last-error.json` in the same place; you may delete it at any time",
  ],
  [["covers, at most 500 MB"], "`covers` in the same place; you may delete it at any time"],
];

/** Files beside the cache while the program runs. */
export const passingFiles: readonly Row[] = [
  [["rewind.db-wal", "rewind.db-shm"], "the newest changes, until SQLite moves them into the cache"],
  [["rewind.db.lock"], "locked while a sync runs, so that only one runs at a time; always empty"],
  [
    ["rewind.playing.json"],
    "what a player told `rewind serve` that it plays, for `rewind now`; it ends with the track",
  ],
];

/** The compiler demands each code. */
const exitMeanings: Readonly<Record<ExitCode, string>> = {
  0: "success, including an empty answer",
  1: "failure: the cache or the disk, another sync is running, the collection keeps changing, too much is no longer listed; also when `rewind have` answers no, or `rewind now` that nothing is playing",
  2: "wrong arguments, settings file or service address",
  3: "a service cannot be reached, throttles rewind, or keeps sending invalid answers",
  4: "credentials are missing or rejected, the user is unknown, the collection is private, or the cache belongs to other accounts",
  5: "the answer needs what was not synced or imported yet; `rewind` and `rewind status` say so and end with 0",
  6: "`rewind have` answers maybe",
  130: "interrupted by Ctrl-C",
  143: "interrupted by a signal",
};

export const exitCodes: readonly Row[] = Object.entries(exitMeanings).map(([code, meaning]) => [
  [code],
  meaning,
]);
