import type { User } from './users.ts';

/** The user and the client behind an API request, and what the access token allows. */
export interface Caller {
  readonly user: User;
  readonly clientId: string | undefined;
}
