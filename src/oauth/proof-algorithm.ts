/** The one algorithm of our keys: every server that speaks DPoP is likely to have it (DPOP-9). */
export const PROOF_ALGORITHM = 'ES256';
