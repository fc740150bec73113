import type { ReturningSignIn } from '#app/boot/returning-sign-in.ts';
import type { ToastStore } from '#app/layout/toast-store.ts';
import { toastAfterSignIn } from '#features/planner/post-toast.ts';

import type { Connections } from './connections.ts';
import type { Publishing } from './publishing.ts';

interface AdmitDeps {
  connections: Connections;
  publishing: Publishing;
  toasts: ToastStore;
  onError: (error: unknown) => void;
}

/**
 * Loads the connection of a returning sign-in, whatever screen the user is on, and sends the post that waited for it.
 * @returns resolves when the connection has been loaded; the post is sent after that
 */
export async function admitSignIn({ connected }: ReturningSignIn, deps: AdmitDeps): Promise<void> {
  const { connections, publishing, toasts, onError } = deps;
  const { store, signIns, sweepKeys } = connections;
  const resume = async (postId: string, connectionId: string): Promise<void> => {
    await publishing.publisher.tryAgain(postId, connectionId);
    const post = publishing.posts.get(postId);
    const text = post && toastAfterSignIn(post, connectionId);
    if (text !== undefined) toasts.show(text);
  };
  try {
    const outcome = await connected;
    signIns.refreshAbandoned();
    if (!outcome) return;
    await store.reloadAndBroadcast(outcome.connectionId);
    void outcome.named?.then(() => store.reloadAndBroadcast(outcome.connectionId)).catch(onError);
    sweepKeys().catch(onError);
    if (outcome.resumes !== undefined) resume(outcome.resumes, outcome.connectionId).catch(onError);
  } catch (error) {
    onError(error);
  }
}
