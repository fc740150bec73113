import { Component, type ReactNode } from 'react';
import { useLocation } from 'react-router';

import { messages } from '#messages/en.ts';
import { ErrorScreen } from '#ui/error-screen.tsx';

import { ScreenNotLoadedError } from './lazy-screen.ts';

interface ErrorBoundaryProps {
  /** Inside the app's frame, which goes on working. */
  framed?: boolean;
  children: ReactNode;
}

/** Stands between a screen that breaks and an empty page, until the person goes elsewhere. */
export function ErrorBoundary(props: ErrorBoundaryProps) {
  const { key } = useLocation();
  return <Boundary {...props} visit={key} />;
}

interface BoundaryProps extends ErrorBoundaryProps {
  /** Another one for each visit of a place. */
  visit: string;
}

interface BoundaryState {
  failure?: 'fault' | 'notLoaded';
  /** The visit on which it failed; undefined right after. */
  failedOn?: string;
}

/** React itself reports the error on the console. */
class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = {};

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { failure: error instanceof ScreenNotLoadedError ? 'notLoaded' : 'fault', failedOn: undefined };
  }

  static getDerivedStateFromProps({ visit }: BoundaryProps, { failure, failedOn }: BoundaryState): BoundaryState {
    if (!failure || failedOn === visit) return { failure, failedOn };
    return failedOn === undefined ? { failure, failedOn: visit } : { failure: undefined, failedOn: undefined };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    const { framed, children } = this.props;
    if (!failure) return children;
    const { home, [failure]: words } = messages.broken;
    return (
      <ErrorScreen
        appName={messages.appName}
        words={{ ...words, home }}
        framed={framed}
        onReload={() => location.reload()}
      />
    );
  }
}
