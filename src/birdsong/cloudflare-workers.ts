/**
 * Stands in for `cloudflare:workers`, which the authorization-server library imports. Bundlers and test runners map
 * the name to this file. The library only asks whether a handler extends the class; Birdsong's handlers are objects.
 */
export class WorkerEntrypoint<Env = unknown, Props = unknown> {
  protected readonly ctx: { readonly props: Props };
  protected readonly env: Env;

  constructor(ctx: { readonly props: Props }, env: Env) {
    this.ctx = ctx;
    this.env = env;
  }
}

// Without this flag the library writes a warning about client id metadata documents to every console when it loads.
// Birdsong leaves that option off, so nothing is ever fetched on the flag's account.
Object.assign(globalThis, { Cloudflare: { compatibilityFlags: { global_fetch_strictly_public: true } } });
