import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react';
import { BrowserRouter, Outlet, Route, Routes } from 'react-router';

import { appUrl } from '#base.ts';
import { useConnections } from '#connections/use-connections.ts';
import { NotFoundScreen } from '#features/not-found/not-found-screen.tsx';
import { Toast } from '#ui/toast.tsx';

import { ErrorBoundary } from './error-boundary.tsx';
import type { ReturningSignIn } from './returning-sign-in.ts';
import { PlannerRoute } from './routes/planner-route.tsx';
import type { Services } from './services.ts';
import { Shell } from './shell.tsx';

// Loaded when first gone to: a newcomer's first screen needs none of them.
const ComposeRoute = lazy(async () => ({ default: (await import('./routes/compose-route.tsx')).ComposeRoute }));
const ConnectionsRoute = lazy(async () => ({
  default: (await import('./routes/connections-route.tsx')).ConnectionsRoute,
}));
const CallbackRoute = lazy(async () => ({ default: (await import('./routes/callback-route.tsx')).CallbackRoute }));
const InspectorRoute = lazy(async () => ({ default: (await import('./routes/inspector-route.tsx')).InspectorRoute }));

interface AppProps {
  services: Services;
  signIn: ReturningSignIn | undefined;
}

/** The app: its providers and its pages. */
export function App({ services, signIn }: AppProps) {
  const callback = <CallbackRoute services={services} signIn={signIn} />;
  return (
    <QueryClientProvider client={services.queryClient}>
      <BrowserRouter basename={new URL(appUrl).pathname}>
        <ErrorBoundary>
          <Suspense>
            <Routes>
              <Route path="callback" element={callback} />
              <Route path="callback/:issuerId" element={callback} />
              <Route element={<Framed services={services} />}>
                <Route index element={<PlannerRoute services={services} />} />
                <Route path="compose/:postId" element={<ComposeRoute services={services} />} />
                <Route path="connections" element={<ConnectionsRoute services={services} />} />
                <Route path="inspector" element={<InspectorRoute services={services} />} />
                <Route path="*" element={<NotFoundScreen />} />
              </Route>
            </Routes>
          </Suspense>
        </ErrorBoundary>
        <Toasts services={services} />
      </BrowserRouter>
    </QueryClientProvider>
  );
}

function Framed({ services }: { services: Services }): ReactNode {
  const connections = useConnections(services.connections) ?? [];
  const needsSignIn = connections.filter(({ status }) => status.kind === 'needs-sign-in');
  return (
    <Shell needsSignInCount={needsSignIn.length}>
      <Suspense>
        <Outlet />
      </Suspense>
    </Shell>
  );
}

function Toasts({ services: { toasts } }: { services: Services }): ReactNode {
  return <Toast toast={useSyncExternalStore(toasts.subscribe, toasts.get)} onDone={toasts.clear} />;
}
