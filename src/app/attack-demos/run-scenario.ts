import type { Service } from '#connections/services/service.ts';
import type { AttackScenario } from '#connections/sign-in/attack-scenario.ts';
import type { SignInController } from '#connections/sign-in/sign-in-controller.ts';
import { grantIn } from '#connections/store/credential.ts';

import { isDemoNetwork } from './is-demo-network.ts';
import { replayRefreshToken, type ReplayDeps } from './replay-refresh-token.ts';

export interface RunScenarioDeps extends ReplayDeps {
  /** Where lessons about a sign-in begin one. */
  service: Service;
  appUrl: string;
  signIns: Pick<SignInController, 'start'>;
}

/**
 * Tries a lesson on the demo network, and on no other service. One about a sign-in leaves for the sign-in page, and is gone on
 * with where that leads back to.
 * @param connectionId whose old token is presented
 * @returns the flow to look at, where it is over already
 * @throws ConnectionError when the connection that it is about can't be refreshed
 */
export async function runScenario(
  deps: RunScenarioDeps,
  lesson: AttackScenario,
  connectionId = '',
): Promise<string | undefined> {
  const { service, appUrl, signIns, connections } = deps;
  if (lesson === 'old-refresh-token') {
    const connection = connections.find(connectionId);
    const { server } = grantIn(connection);
    const mayBeTried = connection && isDemoNetwork({ service: connection.service, server }, appUrl);
    return mayBeTried ? replayRefreshToken(deps, connection) : undefined;
  }
  if (!isDemoNetwork({ service }, appUrl)) return undefined;
  await signIns.start({ service, scope: service.firstScopes, returnTo: '/inspector', lesson });
  return undefined;
}
