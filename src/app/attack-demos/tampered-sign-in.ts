import type { Platform } from '#app/boot/platform.ts';
import { trackSignIn, type ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import { appUrl } from '#base.ts';
import type { CapturedResponse } from '#connections/sign-in/handle-callback.ts';
import type { PendingSignIn } from '#connections/sign-in/pending-sign-in.ts';

import { isDemoNetwork } from './is-demo-network.ts';
import { tamper } from './tamper.ts';

/**
 * Starts completing a sign-in that an attack demo started, with an attacker in between. The demo is stored with that one pending
 * sign-in, so it cannot affect another; a sign-in at a real service is completed normally.
 */
export function tamperedSignIn(platform: Platform, captured: CapturedResponse, signIn: PendingSignIn): ReturningSignIn {
  const { lesson: scenario, flow, state, service } = signIn;
  if (!scenario || !isDemoNetwork(signIn, appUrl)) return trackSignIn(platform, captured);
  const { pending, http } = platform;
  const path = tamper(scenario, { flow, kind: 'attack-demo', service: service.name }, { captured, http });
  const following = trackSignIn({ ...platform, http: path.http }, path.captured);
  // If the demo changed the state, the pending sign-in is still stored under the original one.
  void following.connected.then(() => pending.take(state));
  return { ...following, demoFlow: flow };
}
