import { messages } from '#messages/en.ts';
import { resourceConsole } from '#messages/en/console.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Empty } from '#ui/empty.tsx';
import { Page } from '#ui/page.tsx';

const words = resourceConsole;

/** The console of a connection that there is not. */
export function ConsoleGone() {
  return (
    <Page title={words.title}>
      <title>{messages.title(words.title)}</title>
      <Empty title={words.gone.title} text={words.gone.text}>
        <ButtonLink to="/connections">{words.back}</ButtonLink>
      </Empty>
    </Page>
  );
}
