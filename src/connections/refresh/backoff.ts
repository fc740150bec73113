const FIRST_MS = 5_000;
const MAX_MS = 5 * 60 * 1000;

/**
 * How long to leave a server in peace after it has failed, in milliseconds: 5 s, twice that each time, 5 minutes at most, and as
 * long as it asks for (REF-5). A fifth more or less by chance, so that not all tabs of all people come back at once; never less
 * than it asked for.
 * @param failures in a row, this one included
 * @param retryAfter seconds that the server asked for
 * @param random 0 to 1
 */
export function backoffAfter(failures: number, retryAfter: number, random: number): number {
  const usual = Math.min(FIRST_MS * 2 ** (failures - 1), MAX_MS);
  const spread = 0.8 + 0.4 * random;
  const asked = retryAfter * 1000;
  return Math.round(asked > usual ? asked * Math.max(1, spread) : Math.max(asked, usual * spread));
}
