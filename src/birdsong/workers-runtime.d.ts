/** The few Cloudflare types that the library's declarations reference, reduced to what a service worker can provide. */
declare module 'cloudflare:workers' {
  export class WorkerEntrypoint<Env = unknown, Props = unknown> {
    protected readonly ctx: ExecutionContext<Props>;
    protected readonly env: Env;
    constructor(ctx: ExecutionContext<Props>, env: Env);
    fetch?(request: Request): Response | Promise<Response>;
  }
}

declare namespace Cloudflare {
  interface Env {
    readonly OAUTH_KV: unknown;
  }
}

interface ExecutionContext<Props = unknown> {
  readonly props: Props;
  waitUntil(promise: Promise<unknown>): void;
  passThroughOnException(): void;
}

interface ExportedHandler<Env = unknown, _Queue = unknown, _Trace = unknown, Props = unknown> {
  fetch?(request: Request, env: Env, ctx: ExecutionContext<Props>): Response | Promise<Response>;
}
