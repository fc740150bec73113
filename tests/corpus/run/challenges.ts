import { challengedMetadataUrl, requiresDpop, tokenChallenge } from '#oauth/challenge.ts';
import { stepUpChallenge } from '#oauth/step-up-challenge.ts';
import type { Entry } from '#tests/corpus/entry.ts';

export interface ChallengeEntry extends Entry {
  /** The value of `WWW-Authenticate`; null if script cannot read it. */
  header: string | null;
}

/** Reads the header, and says what the app takes from it. */
export function runChallenge({ header }: ChallengeEntry): Promise<object> {
  const challenge = tokenChallenge(header);
  const { error, scope } = challenge?.parameters ?? {};
  const metadata = challengedMetadataUrl(header);
  const stepUp = stepUpChallenge(header);
  return Promise.resolve({
    ...(challenge && { scheme: challenge.scheme }),
    ...(metadata !== undefined && { metadata }),
    ...(error !== undefined && { error }),
    ...(scope !== undefined && { scope }),
    ...(stepUp && { stepUp }),
    ...(requiresDpop(header) && { boundOnly: true }),
  });
}
