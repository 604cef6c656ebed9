// The compiler checks these types: tsc -p test.
import { expectTypeOf, test } from "vitest";
import { declareOptions, type Invocation } from "../../src/commands/shared/command-declaration.ts";
import { buildFilterOptions, wholeNumber } from "../../src/commands/shared/listing/list-options.ts";

const options = declareOptions(
  { flags: "--dry-run", help: "" },
  { flags: "--no-images", help: "" },
  { flags: "-o, --out <file>", help: "" },
  { flags: "--undo [entry]", help: "" },
  { flags: "--wall <layout>", help: "", choices: { words: ["sized", "dimmed"] } },
  { flags: "-n, --limit <count>", help: "", parse: wholeNumber("--limit", 1) },
  ...buildFilterOptions("records"),
);

test("an option has the type that its flags, words or parser give, and filters have none", () => {
  expectTypeOf<Invocation<typeof options>["options"]>().toEqualTypeOf<{
    readonly dryRun?: true;
    readonly images?: boolean;
    readonly out?: string;
    readonly undo?: string | true;
    readonly wall?: "sized" | "dimmed";
    readonly limit?: number;
  }>();
});

test("a command without options can't read any", () => {
  expectTypeOf<keyof Invocation["options"]>().toBeNever();
});

test("options with another value do not fit", () => {
  const other = declareOptions({ flags: "--dry-run <count>", help: "" });
  expectTypeOf<Invocation<typeof other>>().not.toExtend<Invocation<typeof options>>();
});
