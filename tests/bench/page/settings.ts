/** What a bench page connects to. It is built into the page: nothing of it may cost a request. */
export interface BenchSettings {
  issuer: string;
  /** Of the authorization server; without it the server's own description is asked for. */
  endpoints?: { authorization_endpoint: string; token_endpoint: string; jwks_uri: string };
  clientId: string;
  /** The resource that is called. */
  api: string;
  scope: string[];
}

/** What a bench drives in a page, as the peers of other makers are driven. */
export interface BenchPeer {
  /** Resolves when calls can be made; rejects when a sign-in came to nothing. */
  ready: Promise<void>;
  /** Leaves for the server's page. */
  signIn(): Promise<void>;
  /** The status of a call to a path of the resource: 401 where only a person can go on. Rejects without an answer. */
  api(path: string): Promise<number>;
  /** When the tokens of a returning sign-in were stored, in milliseconds since this page began. */
  signedInAt?: number;
  /** Why a sign-in came to nothing. */
  error?: string;
  /** How large the events are that this tab has recorded, without their bodies, in characters of JSON. */
  eventSizes(): number[];
}

declare global {
  interface Window {
    peer: BenchPeer;
  }
  /** Put in by the build (page-build.mjs). */
  const BENCH_SETTINGS: BenchSettings;
}
