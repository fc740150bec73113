import type { AppContext } from '#app/composition/app-context.ts';
import { ConnectionError } from '#connections/errors.ts';
import { ChunkLoadError } from '#connections/load-chunk.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { BIRDSONG } from '#features/connections/worker-state.ts';
import type { DemosRunner } from '#features/inspector/attack-demos/use-run-scenario.ts';
import { attackDemos } from '#messages/en/attack-demos.ts';

/** Returns the attack demos as the inspector offers them. */
export function useAttackDemos(app: AppContext): DemosRunner {
  const connections = useConnections(app.connections) ?? [];
  const refreshing = connections.findLast(
    ({ service, details }) => service.id === BIRDSONG && details?.hasRefreshToken === true,
  );
  return {
    hasRefreshToken: refreshing !== undefined,
    async onTry(scenario) {
      try {
        return await app.runScenario(scenario, refreshing?.id);
      } catch (error) {
        if (!(error instanceof ConnectionError || error instanceof ChunkLoadError)) throw error;
        app.toasts.show(attackDemos.notRun);
        return undefined;
      }
    },
  };
}
