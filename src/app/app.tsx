import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useState, useSyncExternalStore, type ReactNode } from 'react';
import { BrowserRouter, Outlet, Route, Routes, useLocation } from 'react-router';

import { appUrl } from '#base.ts';
import { useConnections } from '#connections/store/use-connections.ts';
import { NotFoundScreen } from '#features/not-found/not-found-screen.tsx';
import { messages } from '#messages/en.ts';
import { ShortcutsEnabled } from '#ui/shortcuts.ts';
import { currentTheme } from '#ui/theme.ts';
import { Toast } from '#ui/toast.tsx';

import type { ReturningSignIn } from './boot/returning-sign-in.ts';
import type { AppContext } from './composition/app-context.ts';
import type { PreferenceStore } from './composition/preferences.ts';
import { Shell } from './layout/app-layout.tsx';
import { DebuggerBarLoader } from './layout/debugger-bar-loader.tsx';
import { ErrorBoundary } from './layout/error-boundary.tsx';
import { ArrivalFocus } from './layout/focus-on-navigate.tsx';
import { KeyboardShortcuts } from './layout/keyboard-shortcuts.tsx';
import { lazyScreen } from './layout/lazy-screen.ts';
import { StorageNotice } from './layout/storage-notice.tsx';
import { UpdateNotice } from './layout/update-notice.tsx';
import { useSignInToast } from './layout/use-sign-in-toast.ts';
import { PlannerRoute } from './routes/planner-route.tsx';

// Loaded on first navigation: a new user's first screen needs none of them.
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
  app: AppContext;
  preferences: PreferenceStore;
  signIn: ReturningSignIn | undefined;
}

/** Renders the app's providers and routes. A changed preference re-renders everything, because any part may show a date. */
export function App({ app, preferences, signIn }: AppProps) {
  const { letterKeys } = useSyncExternalStore(preferences.subscribe, preferences.get);
  return (
    <QueryClientProvider client={app.queryClient}>
      <ShortcutsEnabled value={letterKeys}>
        <BrowserRouter basename={new URL(appUrl).pathname}>
          <ErrorBoundary>
            <Suspense>
              <Screens app={app} preferences={preferences} signIn={signIn} />
            </Suspense>
          </ErrorBoundary>
          <Toasts app={app} signIn={signIn} />
          <DebuggerBarLoader stepper={app.stepper} />
        </BrowserRouter>
      </ShortcutsEnabled>
    </QueryClientProvider>
  );
}

function Screens({ app, preferences, signIn }: AppProps): ReactNode {
  const { pathname } = useLocation();
  const [arrivedAt] = useState(pathname);
  // A response may arrive at a path that is not a page of the app; on a page, a toast reports it.
  const isMisdirected = signIn !== undefined && pathname === arrivedAt;
  const callback = <CallbackRoute app={app} signIn={signIn} />;
  return (
    <Routes>
      <Route path="callback" element={callback} />
      <Route path="callback/:issuerId" element={callback} />
      {isMisdirected && <Route path="*" element={callback} />}
      <Route element={<Framed app={app} preferences={preferences} />}>
        <Route index element={<PlannerRoute app={app} />} />
        <Route path="compose/:postId" element={<ComposeRoute app={app} />} />
        <Route path="connections" element={<ConnectionsRoute app={app} />} />
        <Route path="signed-out" element={<SignedOutRoute />} />
        <Route path="connections/:connectionId/console" element={<ConsoleRoute app={app} />} />
        <Route path="services/new" element={<AddServiceRoute app={app} />} />
        <Route path="services/:serviceId/client-id" element={<ClientIdRoute app={app} />} />
        <Route path="inspector" element={<InspectorRoute app={app} />} />
        <Route path="settings" element={<SettingsRoute app={app} preferences={preferences} />} />
        {!isMisdirected && <Route path="*" element={<NotFoundScreen />} />}
      </Route>
    </Routes>
  );
}

function Framed({ app, preferences }: { app: AppContext; preferences: PreferenceStore }): ReactNode {
  const connections = useConnections(app.connections) ?? [];
  const needsSignIn = connections.filter(({ status }) => status.kind === 'needs-sign-in' || status.kind === 'refused');
  return (
    <Shell
      needsSignInCount={needsSignIn.length}
      notice={
        <>
          <StorageNotice storage={app.storage} wasCleared={app.wasCleared} />
          <UpdateNotice update={app.update} />
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
      <KeyboardShortcuts onNotLoaded={() => app.toasts.show(messages.shell.keyMapNotLoaded)} />
    </Shell>
  );
}

function Toasts({ app: { toasts }, signIn }: Pick<AppProps, 'app' | 'signIn'>): ReactNode {
  const toast = useSyncExternalStore(toasts.subscribe, toasts.get);
  const signInToast = useSignInToast(signIn);
  return (
    <Toast
      toast={signInToast.toast ?? toast}
      closeLabel={messages.shell.closeToast}
      onDone={signInToast.toast ? signInToast.onDone : toasts.clear}
    />
  );
}
