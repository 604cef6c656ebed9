// Documented facts that the program does not declare: environment variables, files and exit codes.

/** Names that say one thing together, and what they say. */
export type Row = readonly [names: readonly string[], meaning: string];

export const variables: readonly Row[] = [
  [["REWIND_DB"], "the cache; `--db PATH` wins"],
  [["NO_COLOR", "FORCE_COLOR"], "colour off, colour on"],
  [
    ["PAGER", "LESS"],
    "what shows a list of `--all` on a terminal (`less`; empty or `cat`: nothing does; or `--no-pager`)",
  ],
  [["HTTPS_PROXY", "NO_PROXY"], "a proxy between you and the services"],
];

/** Set by the system and the terminal. */
export const surroundings: readonly Row[] = [
  [
    ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA", "USERPROFILE"],
    "where files lie",
  ],
  [["TERM", "COLORTERM"], "which colours the terminal has; with `TERM=dumb` none, and no signs beyond ASCII"],
  [["COLUMNS", "FZF_PREVIEW_COLUMNS"], "how wide the screen is, where the terminal doesn't say"],
  [["LANG", "LC_ALL", "LC_CTYPE"], "whether the terminal shows more than ASCII"],
  [
    ["TERM_PROGRAM", "VTE_VERSION", "WT_SESSION", "KONSOLE_VERSION"],
    "whether the terminal shows links: titles then lead to Discogs and Last.fm; and how it shows pictures",
  ],
  [["TMUX", "STY"], "whether tmux or screen stands in between: pictures are half blocks then"],
  [
    ["BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"],
    "which browser opens a page; without one the address is printed",
  ],
];

export const files: readonly Row[] = [
  [["settings"], "`~/.config/rewind/config.json` (`$XDG_CONFIG_HOME/rewind`, `%APPDATA%\\rewind`)"],
  [["saved questions"], "`saved.json` beside the settings"],
  [["keys of programs, as hashes"], "`keys.json` beside the settings"],
  [
    ["cache, with your decisions"],
    "`~/.local/share/rewind/rewind.db` (`$XDG_DATA_HOME/rewind`, `%LOCALAPPDATA%\\rewind`)",
  ],
  [
    ["your decisions, saved before an update changes the cache"],
    "`rewind.decisions.json` beside it, then `rewind.decisions.2.json`",
  ],
  [
    ["the compiled program, with Node 22.8 and newer"],
    "`~/.cache/rewind` (`$XDG_CACHE_HOME/rewind`, `%LOCALAPPDATA%\\rewind\\cache`)",
  ],
  [
    ["the last error for rewind doctor --report, without its message"],
    "`last-error.json` in the same place; may be deleted at any moment",
  ],
  [["pictures of covers, at most 500 MB"], "`covers` in the same place; may be deleted at any moment"],
];

/** While the program runs, beside the cache. */
export const passingFiles: readonly Row[] = [
  [["rewind.db-wal", "rewind.db-shm"], "SQLite's own: what was written last, until it stands in the cache"],
  [["rewind.db.lock"], "held by a sync, so that there is one at a time; empty, and may stay"],
];

export const exitCodes: readonly Row[] = [
  [["0"], "done; an empty answer too"],
  [
    ["1"],
    "the cache, the disk, another sync at work, a collection that keeps changing, much that is no longer listed; the answer no of `rewind have`",
  ],
  [["2"], "arguments, the settings file, a service's address"],
  [["3"], "a service can't be reached, throttles us, or answers nonsense"],
  [["4"], "credentials missing or rejected, unknown user, private collection, a cache of other accounts"],
  [["5"], "nothing to answer from yet"],
  [["130", "143"], "interrupted"],
];
