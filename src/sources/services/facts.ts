// What is told of a service without loading its client.
import type { Service } from "../../model/model.ts";

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

/** What calls are signed with that write. */
export interface Signing {
  readonly sharedSecret: string;
  /** "" before there is one. */
  readonly session: string;
}

/** What a page is of, at a service of listening. */
export interface PageNames {
  readonly artist: string;
  readonly album?: string;
  readonly track?: string;
}

export interface ServiceFacts extends Service {
  /** Its own address, where no other is set. */
  readonly baseUrl: string;
  readonly settings: {
    /** What lets us in; never to be shown. */
    readonly secret: ServiceSetting | null;
    readonly username: ServiceSetting | null;
    /** What signs calls that write; never to be shown. null: nothing is written there. */
    readonly sharedSecret: ServiceSetting | null;
    /** What lets us write as its user; never to be shown. */
    readonly session: ServiceSetting | null;
    readonly url: ServiceSetting;
  };
}
