import { expect, test } from "vitest";
import { parsePrice, formatPrice } from "../../src/model/price.ts";

test.each([
  ["€ 12,50", 1250, "EUR"],
  ["12.50 USD", 1250, "USD"],
  ["usd 12.5", 1250, "USD"],
  ["15", 1500, null],
  ["12,50€", 1250, "EUR"],
  ["$9.99", 999, "USD"],
  ["CA$20", 2000, "CAD"],
  ["£1,234.50", 123_450, "GBP"],
  ["1.234,50 EUR", 123_450, "EUR"],
  ["1.234", 123_400, null],
  ["1,234,567", 123_456_700, null],
  ["1'200.00 CHF", 120_000, "CHF"],
  ["1’200 Fr.", 120_000, "CHF"],
  ["1 200,00 €", 120_000, "EUR"],
  ["¥1500", 150_000, "JPY"],
  ["12,- €", 1200, "EUR"],
  ["100 kr.", 10_000, "kr"],
  ["0", 0, null],
  ["12 euro", 1200, "EUR"],
  ["１２．５０ €", 1250, "EUR"],
  ["0.29", 29, null],
])("reads %s", (text, cents, currency) => {
  expect(parsePrice(text)).toEqual({ cents, currency });
});

test.each([
  "",
  "gift",
  "-5",
  "about 10",
  "10-12",
  "10 + 3",
  "12 abc",
  "$12 USD 3",
  "$12 USD",
  "1.23.45",
  "1,23,456",
  "0,125",
  "12.5000",
  "1.234.50",
  "12/2026",
  "€",
  "1e5",
  "99999999999999999999",
])("does not read %j as a price", (text) => {
  expect(parsePrice(text)).toBeNull();
});

test("writes prices", () => {
  expect(formatPrice({ cents: 123_450, currency: "EUR" })).toBe("1,234.50 EUR");
  expect(formatPrice({ cents: 150_000, currency: "JPY" })).toBe("1,500 JPY");
  expect(formatPrice({ cents: 1505, currency: null })).toBe("15.05");
});
