/** The only algorithm of our keys, since every server that supports DPoP is likely to support it (DPOP-9). */
export const PROOF_ALGORITHM = 'ES256';
