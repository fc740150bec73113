import { messages } from '#messages/en.ts';
import { resourceConsole } from '#messages/en/console.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Page } from '#ui/page.tsx';

const words = resourceConsole;

/** Shown for a connection that does not exist. */
export function ConsoleGone() {
  return (
    <Page title={words.title}>
      <title>{messages.title(words.title)}</title>
      <EmptyState title={words.gone.title} text={words.gone.text}>
        <ButtonLink to="/connections">{words.back}</ButtonLink>
      </EmptyState>
    </Page>
  );
}
