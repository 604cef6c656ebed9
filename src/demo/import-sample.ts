// Adds the sample's file, as rewind import would. The sync after it joins its plays with those of the services.
import { type Database, transact } from "../store/file/database.ts";
import { markSourceRead, createSourceImporter } from "../store/plays/source-plays.ts";
import type { SampleListings } from "./demo-sample.ts";

export function importSample(database: Database, { streams }: SampleListings, nowMs: number): void {
  const spotify = { name: "spotify", kind: "file" } as const;
  transact(database, () => {
    createSourceImporter(database, spotify)(streams);
    markSourceRead(database, spotify, Math.floor(nowMs / 1000));
  });
}
