import type { User } from './users.ts';

/** Who is calling, and what the access token allows. */
export interface Caller {
  readonly user: User;
  readonly clientId: string | undefined;
}
