import { Component, type ReactNode } from 'react';
import { useLocation } from 'react-router';

import { messages } from '#messages/en.ts';
import { ErrorScreen } from '#ui/error-screen.tsx';

import { ScreenNotLoadedError } from './lazy-screen.ts';

interface ErrorBoundaryProps {
  /** True inside the app's frame, which keeps working. */
  framed?: boolean | undefined;
  children: ReactNode;
}

/** Shows an error screen in place of a screen that fails to render, until the user navigates elsewhere. */
export function ErrorBoundary(props: ErrorBoundaryProps) {
  const { key } = useLocation();
  return <Boundary {...props} visit={key} />;
}

interface BoundaryProps extends ErrorBoundaryProps {
  /** The location key, which changes with each navigation. */
  visit: string;
}

interface BoundaryState {
  failure?: 'fault' | 'notLoaded' | undefined;
  /** The visit on which rendering failed; undefined until the first update after the failure. */
  failedOn?: string | undefined;
}

/** The class component behind ErrorBoundary. It does not report the error, because React logs it on the console. */
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
    const { home, [failure]: text } = messages.broken;
    return (
      <ErrorScreen
        appName={messages.appName}
        text={{ ...text, home }}
        framed={framed}
        onReload={() => location.reload()}
      />
    );
  }
}
