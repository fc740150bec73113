import { useSyncExternalStore } from 'react';

import type { AppContext } from '#app/composition/app-context.ts';
import type { PreferenceStore } from '#app/composition/preferences.ts';
import { appUrl } from '#base.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { eraseSummaryOf } from '#features/settings/delete-data-summary.ts';
import { SettingsScreen } from '#features/settings/settings-screen.tsx';
import { birdsong } from '#networks/birdsong.ts';
import { usePosts } from '#planning/use-posts.ts';

import { useServiceCatalog } from './use-service-catalog.ts';

interface SettingsRouteProps {
  app: AppContext;
  preferences: PreferenceStore;
}

/** Shows the user's preferences, and the option to erase all data. */
export function SettingsRoute({ app, preferences }: SettingsRouteProps) {
  const chosen = useSyncExternalStore(preferences.subscribe, preferences.get);
  const storage = useSyncExternalStore(app.storage.subscribe, app.storage.get);
  const posts = usePosts(app.posts);
  const connections = useConnections(app.connections);
  const demo = useServiceCatalog(app)?.services.find(({ id }) => id === birdsong.serviceId);
  return (
    <SettingsScreen
      preferences={chosen}
      languages={navigator.languages}
      isSaved={storage === 'ok'}
      onChange={preferences.change}
      eraseSummary={posts && connections && eraseSummaryOf(posts, connections, demo?.name)}
      onErase={app.erase}
      onLeave={() => location.replace(appUrl)}
    />
  );
}
