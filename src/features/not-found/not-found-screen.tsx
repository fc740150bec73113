import { messages } from '#messages/en.ts';
import { ButtonLink } from '#ui/button-link.tsx';
import { Page } from '#ui/page.tsx';

const text = messages.notFound;

/** Shown for a URL that matches no page. */
export function NotFoundScreen() {
  return (
    <Page title={text.title} lede={text.text}>
      <title>{messages.title(text.title)}</title>
      <ButtonLink variant="primary" to="/">
        {text.home}
      </ButtonLink>
    </Page>
  );
}
