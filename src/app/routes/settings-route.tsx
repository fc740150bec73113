import { useSyncExternalStore } from 'react';

import type { Services } from '#app/composition/app-context.ts';
import type { PreferenceStore } from '#app/composition/preferences.ts';
import { appUrl } from '#base.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { eraseSummaryOf } from '#features/settings/erase-summary.ts';
import { SettingsScreen } from '#features/settings/settings-screen.tsx';
import { birdsong } from '#networks/birdsong.ts';
import { usePosts } from '#planning/use-network-news.ts';

import { useCatalogue } from './use-catalogue.ts';

interface SettingsRouteProps {
  services: Services;
  preferences: PreferenceStore;
}

/** What the person can choose, and the way back to the first day. */
export function SettingsRoute({ services, preferences }: SettingsRouteProps) {
  const chosen = useSyncExternalStore(preferences.subscribe, preferences.get);
  const storage = useSyncExternalStore(services.storage.subscribe, services.storage.get);
  const posts = usePosts(services.posts);
  const connections = useConnections(services.connections);
  const demo = useCatalogue(services)?.services.find(({ id }) => id === birdsong.serviceId);
  return (
    <SettingsScreen
      preferences={chosen}
      languages={navigator.languages}
      isKept={storage === 'kept'}
      onChange={preferences.change}
      eraseSummary={posts && connections && eraseSummaryOf(posts, connections, demo?.name)}
      onErase={services.erase}
      onLeave={() => location.replace(appUrl)}
    />
  );
}
