import { isObject } from '#lib/guards.ts';
import { omitUndefined } from '#lib/omit-undefined.ts';

import type { ClientIdMode } from './connect-choice.ts';
import { readTypedUrl } from './typed-url.ts';

/**
 * The user's choices when the page left for the sign-in, restored if they come back with Back. Contains no secret: a client id is
 * not one (RFC 6749 §2.2).
 */
export interface FormDraft {
  /** The URL searched for. */
  address: string;
  issuer: string;
  /** The chosen scopes among those offered; absent if the proposed ones were left unchanged. */
  scopes?: readonly string[];
  typedScopes: string;
  way: ClientIdMode;
  clientId: string;
  apiAddress: string;
  acceptsSilentPkce: boolean;
}

const MAX_TEXT_LENGTH = 4096;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT_LENGTH;

/**
 * Reads the form from a history entry; returns undefined if there is none or it is invalid.
 * @param isHttpAllowed whether a host may use plain HTTP
 */
export function readFilledForm(value: unknown, isHttpAllowed: (hostname: string) => boolean): FormDraft | undefined {
  if (!isObject<keyof FormDraft>(value)) return undefined;
  // A form that an older version stored lacks the last two.
  const { address, issuer, scopes, typedScopes, way, clientId, apiAddress = '', acceptsSilentPkce = false } = value;
  if (!isText(address) || !isText(issuer) || !isText(typedScopes) || !isText(clientId) || !isText(apiAddress))
    return undefined;
  if (way !== 'automatic' && way !== 'own') return undefined;
  const isChosen = Array.isArray(scopes) && scopes.every(isText);
  if (readTypedUrl(address, isHttpAllowed).kind !== 'url' || (scopes !== undefined && !isChosen)) {
    return undefined;
  }
  return omitUndefined({
    address,
    issuer,
    typedScopes,
    way,
    clientId,
    apiAddress,
    acceptsSilentPkce: acceptsSilentPkce === true,
    scopes: isChosen ? scopes : undefined,
  });
}
