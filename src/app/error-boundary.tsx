import { Component, type ReactNode } from 'react';

import { messages } from '#messages/en.ts';
import { ErrorScreen } from '#ui/error-screen.tsx';

/** Stands between a screen that breaks and an empty page. React itself reports the error on the console. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return <ErrorScreen words={messages.broken} onReload={() => location.reload()} />;
  }
}
