/** A single scope token (RFC 6749 §3.3). One with a space would request two scopes. */
export const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Returns true if a name is a single scope token, valid in an authorization request (RFC 6749 §3.3). */
export const isScopeToken = (name: string): boolean => SCOPE_TOKEN.test(name);

/** Splits a `scope` parameter at its spaces (RFC 6749 §3.3). Does not validate the parts. */
export const splitScope = (scope: string): string[] => scope.split(' ').filter(Boolean);
