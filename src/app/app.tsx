import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useSyncExternalStore, type ReactNode } from 'react';
import { BrowserRouter, Outlet, Route, Routes } from 'react-router';

import { appUrl } from '#base.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { NotFoundScreen } from '#features/not-found/not-found-screen.tsx';
import { messages } from '#messages/en.ts';
import { LetterKeys } from '#ui/letter-keys.ts';
import { currentTheme } from '#ui/theme.ts';
import { Toast } from '#ui/toast.tsx';

import type { ReturningSignIn } from './boot/returning-sign-in.ts';
import type { Services } from './composition/app-context.ts';
import type { PreferenceStore } from './composition/preferences.ts';
import { Shell } from './layout/app-layout.tsx';
import { Stepping } from './layout/debugger-bar-loader.tsx';
import { ErrorBoundary } from './layout/error-boundary.tsx';
import { ArrivalFocus } from './layout/focus-on-navigate.tsx';
import { AppKeys } from './layout/keyboard-shortcuts.tsx';
import { lazyScreen } from './layout/lazy-screen.ts';
import { StorageNotice } from './layout/storage-notice.tsx';
import { UpdateNotice } from './layout/update-notice.tsx';
import { useSignInNews } from './layout/use-sign-in-toast.ts';
import { PlannerRoute } from './routes/planner-route.tsx';

// Loaded when first gone to: a newcomer's first screen needs none of them.
const ComposeRoute = lazyScreen(async () => (await import('./routes/compose-route.tsx')).ComposeRoute);
const ConnectionsRoute = lazyScreen(async () => (await import('./routes/connections-route.tsx')).ConnectionsRoute);
const SignedOutRoute = lazyScreen(async () => (await import('./routes/connections-route.tsx')).SignedOutRoute);
const CallbackRoute = lazyScreen(async () => (await import('./routes/callback-route.tsx')).CallbackRoute);
const InspectorRoute = lazyScreen(async () => (await import('./routes/inspector-route.tsx')).InspectorRoute);
const AddServiceRoute = lazyScreen(async () => (await import('./routes/add-service-route.tsx')).AddServiceRoute);
const ClientIdRoute = lazyScreen(async () => (await import('./routes/client-id-route.tsx')).ClientIdRoute);
const ConsoleRoute = lazyScreen(async () => (await import('./routes/console-route.tsx')).ConsoleRoute);
const SettingsRoute = lazyScreen(async () => (await import('./routes/settings-route.tsx')).SettingsRoute);

interface AppProps {
  services: Services;
  preferences: PreferenceStore;
  signIn: ReturningSignIn | undefined;
}

/** The app: its providers and its pages. A changed preference draws all of it again: any of it may show a date. */
export function App({ services, preferences, signIn }: AppProps) {
  const { letterKeys } = useSyncExternalStore(preferences.subscribe, preferences.get);
  const callback = <CallbackRoute services={services} signIn={signIn} />;
  return (
    <QueryClientProvider client={services.queryClient}>
      <LetterKeys value={letterKeys}>
        <BrowserRouter basename={new URL(appUrl).pathname}>
          <ErrorBoundary>
            <Suspense>
              <Routes>
                <Route path="callback" element={callback} />
                <Route path="callback/:issuerId" element={callback} />
                <Route element={<Framed services={services} preferences={preferences} />}>
                  <Route index element={<PlannerRoute services={services} />} />
                  <Route path="compose/:postId" element={<ComposeRoute services={services} />} />
                  <Route path="connections" element={<ConnectionsRoute services={services} />} />
                  <Route path="signed-out" element={<SignedOutRoute />} />
                  <Route path="connections/:connectionId/console" element={<ConsoleRoute services={services} />} />
                  <Route path="services/new" element={<AddServiceRoute services={services} />} />
                  <Route path="services/:serviceId/client-id" element={<ClientIdRoute services={services} />} />
                  <Route path="inspector" element={<InspectorRoute services={services} />} />
                  <Route path="settings" element={<SettingsRoute services={services} preferences={preferences} />} />
                  <Route path="*" element={<NotFoundScreen />} />
                </Route>
              </Routes>
            </Suspense>
          </ErrorBoundary>
          <Toasts services={services} signIn={signIn} />
          <Stepping gate={services.gate} />
        </BrowserRouter>
      </LetterKeys>
    </QueryClientProvider>
  );
}

function Framed({ services, preferences }: { services: Services; preferences: PreferenceStore }): ReactNode {
  const connections = useConnections(services.connections) ?? [];
  const needsSignIn = connections.filter(({ status }) => status.kind === 'needs-sign-in');
  return (
    <Shell
      needsSignInCount={needsSignIn.length}
      notice={
        <>
          <StorageNotice storage={services.storage} wasCleared={services.wasCleared} />
          <UpdateNotice update={services.update} />
        </>
      }
      onSwitchTheme={() => preferences.change({ theme: currentTheme() === 'dark' ? 'light' : 'dark' })}
    >
      <ErrorBoundary framed>
        <Suspense>
          <Outlet />
          <ArrivalFocus />
        </Suspense>
      </ErrorBoundary>
      <AppKeys onNotLoaded={() => services.toasts.show(messages.shell.keyMapNotLoaded)} />
    </Shell>
  );
}

function Toasts({ services: { toasts }, signIn }: Pick<AppProps, 'services' | 'signIn'>): ReactNode {
  const said = useSyncExternalStore(toasts.subscribe, toasts.get);
  const news = useSignInNews(signIn);
  return (
    <Toast
      toast={news.toast ?? said}
      closeLabel={messages.shell.closeToast}
      onDone={news.toast ? news.onDone : toasts.clear}
    />
  );
}
