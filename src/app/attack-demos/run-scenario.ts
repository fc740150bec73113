import type { Service } from '#connections/services/service.ts';
import type { AttackScenario } from '#connections/sign-in/attack-scenario.ts';
import type { SignInController } from '#connections/sign-in/sign-in-controller.ts';
import { grantIn } from '#connections/store/credential.ts';

import { isDemoNetwork } from './is-demo-network.ts';
import { replayRefreshToken, type ReplayDeps } from './replay-refresh-token.ts';

export interface RunScenarioDeps extends ReplayDeps {
  /** The service at which sign-in demos start a sign-in. */
  service: Service;
  appUrl: string;
  signIns: Pick<SignInController, 'start'>;
}

/**
 * Runs an attack demo on the demo network, and on no other service. A sign-in demo redirects to the sign-in page and continues on
 * the callback page.
 * @param connectionId the connection whose old token is replayed
 * @returns the flow to show, if the demo has already finished
 * @throws ConnectionError when the connection can't be refreshed
 */
export async function runScenario(
  deps: RunScenarioDeps,
  scenario: AttackScenario,
  connectionId = '',
): Promise<string | undefined> {
  const { service, appUrl, signIns, connections } = deps;
  if (scenario === 'old-refresh-token') {
    const connection = connections.find(connectionId);
    const { server } = grantIn(connection);
    const mayBeTried = connection && isDemoNetwork({ service: connection.service, server }, appUrl);
    return mayBeTried ? replayRefreshToken(deps, connection) : undefined;
  }
  if (!isDemoNetwork({ service }, appUrl)) return undefined;
  await signIns.start({ service, scope: service.firstScopes, returnTo: '/inspector', scenario });
  return undefined;
}
