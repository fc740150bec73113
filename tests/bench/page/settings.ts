/** The settings of a bench page, built into the page so that they need no request. */
export interface BenchSettings {
  issuer: string;
  /** Those of the authorization server; without them its metadata is fetched. */
  endpoints?: { authorization_endpoint: string; token_endpoint: string; jwks_uri: string };
  clientId: string;
  /** The resource identifier of the API. */
  api: string;
  scope: string[];
}

/** The interface of a bench page, the same for each client library. */
export interface BenchPeer {
  /** Resolves when calls can be made; rejects if the sign-in failed. */
  ready: Promise<void>;
  /** Redirects to the server. */
  signIn(): Promise<void>;
  /** Returns the status of a call to a path of the resource: 401 if a sign-in is needed. Rejects without a response. */
  api(path: string): Promise<number>;
  /** When the tokens of a returning sign-in were stored, in milliseconds since this page started. */
  signedInAt?: number;
  /** Why a sign-in failed. */
  error?: string;
  /** The size of this tab's recorded events without their bodies, in characters of JSON. */
  eventSizes(): number[];
}

declare global {
  interface Window {
    peer: BenchPeer;
  }
  /** Defined by the build (page-build.mjs). */
  const BENCH_SETTINGS: BenchSettings;
}
