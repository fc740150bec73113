import type { Person } from './people.ts';

/** Who is calling, and what the access token allows. */
export interface Caller {
  readonly person: Person;
  readonly clientId: string | undefined;
}
