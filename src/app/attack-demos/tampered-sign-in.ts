import type { Platform } from '#app/boot/platform.ts';
import { trackSignIn, type ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import { appUrl } from '#base.ts';
import type { CapturedResponse } from '#connections/sign-in/handle-callback.ts';
import type { PendingSignIn } from '#connections/sign-in/pending-sign-in.ts';

import { isDemoNetwork } from './is-demo-network.ts';
import { tamper } from './tamper.ts';

/**
 * Begins to finish a sign-in that was started for a lesson, with somebody in between who meddles. The lesson goes with what was
 * kept of that one sign-in, so it waits for no other; one for a real service is finished like any.
 */
export function tamperedSignIn(platform: Platform, captured: CapturedResponse, signIn: PendingSignIn): ReturningSignIn {
  const { lesson, flow, state, service } = signIn;
  if (!lesson || !isDemoNetwork(signIn, appUrl)) return trackSignIn(platform, captured);
  const { pending, http } = platform;
  const way = tamper(lesson, { flow, kind: 'lesson', service: service.name }, { captured, http });
  const following = trackSignIn({ ...platform, http: way.http }, way.captured);
  // A changed state leaves behind what was kept under the true one.
  void following.connected.then(() => pending.take(state));
  return { ...following, lesson: flow };
}
