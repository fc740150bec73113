import { createObservable, type Observable } from '#lib/observable.ts';
import { openChangeChannel } from '#storage/change-channel.ts';
import { createCollection, type Collection } from '#storage/collection.ts';
import type { PersistentStore } from '#storage/persistent-store.ts';

import { openCustomServices } from './custom-services.ts';
import type { Service } from './service.ts';
import type { ServicesFile } from './services-file.ts';

/** The services that can be connected. */
export interface ServiceCatalog {
  services: readonly Service[];
  /** Whether users may add services by URL. */
  offersAddService: boolean;
  /** Mistakes in the deployer's services.json. */
  problems: ServicesFile['problems'];
}

export interface ServiceCatalogStore extends Observable<ServiceCatalog | undefined> {
  /** Resolves when the whole catalog has been read. */
  ready: Promise<void>;
  /** The services that users added; add and remove them here. */
  custom: Collection<Service>;
}

export interface ServiceCatalogDeps {
  appUrl: string;
  birdsong: Service;
  allowLoopbackHttp: boolean;
  store: PersistentStore;
}

const TIMEOUT_MS = 5_000;

/**
 * Opens the catalog: the demo network, the services in services.json, and those that users added. Undefined until all
 * of them are read. If services.json is missing or can't be fetched, the other services are still offered.
 */
export function openServiceCatalog({
  appUrl,
  birdsong,
  allowLoopbackHttp,
  store,
}: ServiceCatalogDeps): ServiceCatalogStore {
  const custom = createCollection(openCustomServices(store), openChangeChannel('services'));
  const catalog = createObservable<ServiceCatalog | undefined>(undefined);
  let file: ServicesFile | undefined;
  const publish = (): void => {
    const added = custom.all();
    if (!file || !added) return;
    const { services, offersBirdsong, offersAddService, problems } = file;
    catalog.set({
      services: [...(offersBirdsong ? [birdsong] : []), ...services, ...added],
      offersAddService,
      problems,
    });
  };
  custom.subscribe(publish);
  const readFile = async (): Promise<void> => {
    // Load the parser in parallel with the file; nothing needs it earlier.
    const [text, reader] = await Promise.all([servicesText(appUrl), import('./services-file.ts')]);
    // Any other response, such as the app's page from a host that serves it for every URL, is reported as a mistake in
    // the file.
    file = reader.readServicesFile(text ?? '{}', { appUrl, allowLoopbackHttp });
    publish();
  };
  const fileRead = readFile().catch((error: unknown) => {
    file = { services: [], offersBirdsong: true, offersAddService: true, problems: [] };
    publish();
    reportError(error);
  });
  const ready = Promise.all([fileRead, custom.ready]).then(() => undefined);
  return { ready, get: catalog.get, subscribe: catalog.subscribe, custom };
}

/** Returns the file's text; undefined if there is no such file or the request failed. */
async function servicesText(appUrl: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(new URL('services.json', appUrl), { credentials: 'omit', redirect: 'error', signal });
    return response.status === 404 ? undefined : await response.text();
  } catch {
    return undefined;
  }
}
