// The custom fields of the collection that settings name: that there are such, and that what stands in them can be read.
import type { Context } from "../../context.ts";
import { counted } from "../../output/numbers.ts";
import { redact } from "../../model/redact.ts";
import { secretsOf } from "../../settings/connection.ts";
import type { SettingsReader } from "../../settings/reader.ts";
import { fieldNames, findField } from "../../store/shelf/records.ts";
import type { Database } from "../../store/file/database.ts";
import { readFieldDays, unreadText } from "../../sync/plays/field-plays.ts";
import type { Finding } from "./finding.ts";

const own = { check: "fields", label: "fields" } as const;

export function checkFields({ clock }: Context, database: Database, read: SettingsReader): Finding[] {
  return (["shelf_field", "played_field"] as const).flatMap((setting): Finding[] => {
    const name = read(setting);
    if (name === null) return [];
    const field = findField(database, name);
    if (field === undefined) {
      const known = fieldNames(database).join(", ");
      return [
        {
          ...own,
          mark: "doubtful",
          text: `${setting} names "${redact(name, secretsOf(read))}", and the collection has no such field`,
          remedy: `${known === "" ? "" : `it has ${known}; `}rewind config set ${setting} NAME`,
        },
      ];
    }
    if (setting === "shelf_field") return [{ ...own, mark: "right", text: `${setting}: ${field.name}` }];
    const { plays, unread } = readFieldDays(database, field, Math.floor(clock.now() / 1000));
    const text = `${setting}: ${field.name}, ${counted(plays.size, "day")}`;
    const [first] = unread;
    if (first === undefined) return [{ ...own, mark: "right", text }];
    return [
      {
        ...own,
        mark: "doubtful",
        text: `${text}; not noted ${unread.length === 1 ? "is" : `are ${counted(unread.length, "entry", "entries")}, among them`} ${unreadText(first)}`,
        remedy: "correct it at Discogs, then: rewind sync --full --only discogs",
      },
    ];
  });
}
