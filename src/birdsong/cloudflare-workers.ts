/**
 * Stub of `cloudflare:workers`, which the authorization-server library imports. Bundlers and test runners alias the module
 * to this file. The library only checks whether a handler extends this class; Birdsong's handlers are plain objects.
 */
export class WorkerEntrypoint<Env = unknown, Props = unknown> {
  protected readonly ctx: { readonly props: Props };
  protected readonly env: Env;

  constructor(ctx: { readonly props: Props }, env: Env) {
    this.ctx = ctx;
    this.env = env;
  }
}

// Without this flag the library logs a warning about client id metadata documents when it loads. Birdsong leaves that
// option off, so the flag never causes a fetch.
Object.assign(globalThis, { Cloudflare: { compatibilityFlags: { global_fetch_strictly_public: true } } });
