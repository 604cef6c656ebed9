// What is told of a service without loading its client.
import type { Service } from "../model.ts";

export interface ServiceSetting {
  /** In the settings file. */
  readonly name: string;
  readonly environment: string;
  readonly help: string;
  /** What holds while it isn't set, in words. */
  readonly unset?: string;
  /** Where to get it; left out: no sync needs it. */
  readonly source?: string;
}

export interface ServiceFacts extends Service {
  /** Its own address, where no other is set. */
  readonly baseUrl: string;
  readonly settings: {
    /** What lets us in; never to be shown. */
    readonly secret: ServiceSetting | null;
    readonly username: ServiceSetting | null;
    readonly url: ServiceSetting;
  };
}
