/** A user with an account on Birdsong. All of them are fictional. */
export interface User {
  /** The subject identifier (OpenID Connect Core §2) and the library's user id. It never contains a colon. */
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  readonly email: string;
}

export const USERS: readonly User[] = [
  { id: 'lowtide', name: 'Lowtide Press', handle: 'lowtide', email: 'hello@lowtide.example' },
  { id: 'robin', name: 'Robin Adeyemi', handle: 'robin', email: 'robin@adeyemi.example' },
];

/**
 * Looks up a user by subject identifier.
 *
 * @param id a subject identifier
 * @returns the user, or undefined if there is none with this id
 */
export function findUser(id: string | null | undefined): User | undefined {
  return USERS.find((user) => user.id === id);
}
