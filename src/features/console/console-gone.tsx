import { messages } from '#messages/en.ts';
import { resourceConsole } from '#messages/en/console.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Page } from '#ui/page.tsx';

const text = resourceConsole;

/** Shown for a connection that does not exist. */
export function ConsoleGone() {
  return (
    <Page title={text.title}>
      <title>{messages.title(text.title)}</title>
      <EmptyState title={text.gone.title} text={text.gone.text}>
        <ButtonLink to="/connections">{text.back}</ButtonLink>
      </EmptyState>
    </Page>
  );
}
