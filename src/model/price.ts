// Reads prices as people write them into a field: "€ 12,50", "12.50 USD", "1.200,- kr", "15".

export interface Price {
  /** The amount in hundredths, in every currency, so that it is exact. */
  readonly cents: number;
  /** An ISO 4217 code, or "kr", which several countries use. null: none is written. */
  readonly currency: string | null;
}

/** Signs that mean one currency. Discogs writes other dollars with letters before the sign, so a bare $ is the US one. */
const currencySigns = new Map(
  [
    ["EUR", "€ EURO EUROS"],
    ["GBP", "£"],
    ["USD", "$ US$"],
    ["AUD", "A$ AU$"],
    ["CAD", "C$ CA$"],
    ["NZD", "NZ$"],
    ["MXN", "MX$"],
    ["BRL", "R$"],
    ["JPY", "¥ 円"],
    ["KRW", "₩"],
    ["INR", "₹"],
    ["RUB", "₽"],
    ["TRY", "₺"],
    ["UAH", "₴"],
    ["ILS", "₪"],
    ["PLN", "ZŁ"],
    ["CZK", "KČ"],
    ["HUF", "FT"],
    ["CHF", "FR SFR"],
    ["kr", "KR"],
  ].flatMap(([currency = "", written = ""]) => written.split(" ").map((sign) => [sign, currency])),
);

/** Spaces and apostrophes separate thousands; a comma or point may also be the decimal mark. */
const pricePattern = /^(?<before>[^\d\s]*)\s*(?<amount>\d[\d.,' ]*)(?:[.,]?[-–—]+)?\s*(?<after>[^\d\s]*)$/u;
const maxPriceLength = 40;
const maxCents = 1_000_000_000_000;

export function parsePrice(text: string): Price | null {
  const plain = text.normalize("NFKC").replaceAll("’", "'").replaceAll(/\s+/gu, " ").trim();
  if (plain.length > maxPriceLength) return null;
  const { before = "", amount = "", after = "" } = pricePattern.exec(plain)?.groups ?? {};
  if (before !== "" && after !== "") return null;
  const cents = parseCents(amount.trim().replace(/[.,]$/, ""));
  const currency = parseCurrency(before + after);
  return cents === null || currency === undefined ? null : { cents, currency };
}

function parseCents(amount: string): number | null {
  // Marks between groups of three digits separate thousands; the last mark may start the decimals.
  const [, whole = "", fraction = ""] =
    /^(\d+|\d{1,3}(?:[.,' ]\d{3})+)(?:[.,](\d{1,2}))?$/.exec(amount) ?? [];
  const marks = new Set(whole.match(/[.,' ]/g));
  const decimalMark = fraction === "" ? "" : (amount.at(-fraction.length - 1) ?? "");
  if (whole === "" || marks.size > 1 || marks.has(decimalMark)) return null;
  // 0,125 is neither a thousand nor an amount in hundredths.
  if (marks.size > 0 && whole.startsWith("0")) return null;
  const cents = Number(whole.replaceAll(/\D/g, "")) * 100 + Number(fraction.padEnd(2, "0"));
  return cents <= maxCents ? cents : null;
}

/** Returns undefined for a text that names no currency. */
function parseCurrency(text: string): string | null | undefined {
  const word = text.toUpperCase().replace(/\.$/, "");
  if (word === "") return null;
  currencyCodes ??= new Set(Intl.supportedValuesOf("currency"));
  return currencySigns.get(word) ?? (currencyCodes.has(word) ? word : undefined);
}

let currencyCodes: ReadonlySet<string> | undefined;

const zeroDecimalCurrencies = new Set(["JPY", "KRW", "CLP", "ISK", "VND"]);

/** "1,234.50 EUR", "1,500 JPY"; "15.00" without a currency. */
export function formatPrice({ cents, currency }: Price): string {
  const places = zeroDecimalCurrencies.has(currency ?? "") && cents % 100 === 0 ? 0 : 2;
  const whole = String(Math.floor(cents / 100)).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
  const amount = places === 0 ? whole : `${whole}.${String(cents % 100).padStart(2, "0")}`;
  return currency === null ? amount : `${amount} ${currency}`;
}

/** The amount as a number, for JSON and CSV. */
export function toAmount<Cents extends number | null>(cents: Cents): Cents;
export function toAmount(cents: number | null): number | null {
  return cents === null ? null : cents / 100;
}
