// The value of --during that was meant by options that this program lacks: --since, --until, --from with --to.
import { tryParsePeriod } from "../queries/conditions/period.ts";

const startFlags = ["--since", "--from"];
const endFlags = ["--until", "--to"];
const boundFlags: readonly string[] = [...startFlags, ...endFlags];

/** Returns undefined if the values are no period. `nowUts`: the words of a period count from now. */
export function suggestPeriod(flag: string, argv: readonly string[], nowUts: number): string | undefined {
  const read = (flags: readonly string[]): string =>
    flags.map((each) => getValue(each, argv)).find((value) => value !== "") ?? "";
  const [start, end] = [read(startFlags), read(endFlags)];
  const isBound = boundFlags.includes(flag) && !start.includes("..");
  const text = isBound ? `${start}..${end}` : getValue(flag, argv);
  return tryParsePeriod(text, nowUts) === undefined ? undefined : text;
}

/** The value of `--flag value` or `--flag=value`; "" if there is none. */
export function getValue(flag: string, argv: readonly string[]): string {
  const at = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  const value = argv[at]?.includes("=") === true ? argv[at].slice(flag.length + 1) : argv[at + 1];
  return at === -1 || value === undefined || value.startsWith("-") ? "" : value;
}
