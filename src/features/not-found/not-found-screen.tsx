import { messages } from '#messages/en.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Page } from '#ui/page.tsx';

const words = messages.notFound;

/** Shown for a URL that matches no page. */
export function NotFoundScreen() {
  return (
    <Page title={words.title} lede={words.text}>
      <title>{messages.title(words.title)}</title>
      <ButtonLink variant="primary" to="/">
        {words.home}
      </ButtonLink>
    </Page>
  );
}
