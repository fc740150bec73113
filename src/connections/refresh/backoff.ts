const FIRST_MS = 5_000;
const MAX_MS = 5 * 60 * 1000;

/**
 * Returns how long to wait before the next request to a server that failed, in milliseconds (REF-5). The delay starts at 5 s and
 * doubles up to 5 minutes, and is never shorter than the server's Retry-After. Random jitter of up to 20 % keeps the tabs of all
 * users from retrying at once.
 * @param failures consecutive failures, including this one
 * @param retryAfter the delay the server asked for, in seconds
 * @param random between 0 and 1
 */
export function backoffAfter(failures: number, retryAfter: number, random: number): number {
  const usual = Math.min(FIRST_MS * 2 ** (failures - 1), MAX_MS);
  const spread = 0.8 + 0.4 * random;
  const asked = retryAfter * 1000;
  return Math.round(asked > usual ? asked * Math.max(1, spread) : Math.max(asked, usual * spread));
}
