import type { ClientWay } from './connect-choice.ts';
import { readTypedUrl } from './typed-url.ts';

/**
 * What a person had chosen when the page left for the sign-in, to be there again if they come back by Back. It has no secret
 * in it: a client id is none (RFC 6749 §2.2).
 */
export interface FormDraft {
  /** What was searched for. */
  address: string;
  issuer: string;
  /** Of those that are offered; missing where what is proposed was left as it is. */
  scopes?: readonly string[];
  typedScopes: string;
  way: ClientWay;
  clientId: string;
}

const LONGEST = 4096;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST;

/**
 * Reads what a history entry kept; undefined where it kept nothing, or nothing that makes sense.
 * @param isHttpAllowed whether a host may be asked without encryption
 */
export function readFilledForm(value: unknown, isHttpAllowed: (hostname: string) => boolean): FormDraft | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { address, issuer, scopes, typedScopes, way, clientId } = value as Partial<Record<keyof FormDraft, unknown>>;
  if (!isText(address) || !isText(issuer) || !isText(typedScopes) || !isText(clientId)) return undefined;
  if (way !== 'automatic' && way !== 'own') return undefined;
  const isChosen = Array.isArray(scopes) && scopes.every(isText);
  if (readTypedUrl(address, isHttpAllowed).kind !== 'address' || (scopes !== undefined && !isChosen)) {
    return undefined;
  }
  return { address, issuer, typedScopes, way, clientId, ...(isChosen && { scopes }) };
}
