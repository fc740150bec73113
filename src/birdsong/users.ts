/** Somebody with an account on Birdsong. All of them are made up. */
export interface User {
  /** The subject identifier (OpenID Connect Core §2) and the library's user id: never with a colon in it. */
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
 * @param id a subject identifier
 * @returns that person, or undefined when nobody has it
 */
export function findUser(id: string | null | undefined): User | undefined {
  return USERS.find((user) => user.id === id);
}
