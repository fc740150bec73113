import { openChangeChannel } from '#storage/change-channel.ts';
import { createCollection, type Collection } from '#storage/collection.ts';
import { createObservable, type Observable } from '#storage/observable.ts';
import type { PersistentStore } from '#storage/persistent-store.ts';

import { openCustomServices } from './custom-services.ts';
import type { Service } from './service.ts';
import type { ServicesFile } from './services-file.ts';

/** The services that can be connected here. */
export interface ServiceCatalog {
  services: readonly Service[];
  /** Whether people may add services by their address. */
  offersAddService: boolean;
  /** Mistakes in the deployer's services.json. */
  problems: ServicesFile['problems'];
}

export interface ServiceCatalogStore extends Observable<ServiceCatalog | undefined> {
  /** Resolves when all of it has been read. */
  ready: Promise<void>;
  /** Services that people added: removed and put here. */
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
 * The demo network, what the deployer names in services.json, and what people added. Undefined until all of it is read; a
 * services.json that is missing or does not come is no reason to offer nothing.
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
    // The reader comes while the file does: it is of no use before.
    const [text, reader] = await Promise.all([servicesText(appUrl), import('./services-file.ts')]);
    // Whatever else came in its place, such as the page of a host that answers every address with one, is a mistake to name.
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

/** The file's text; undefined where there is none, or where it did not come. */
async function servicesText(appUrl: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(new URL('services.json', appUrl), { credentials: 'omit', redirect: 'error', signal });
    return response.status === 404 ? undefined : await response.text();
  } catch {
    return undefined;
  }
}
