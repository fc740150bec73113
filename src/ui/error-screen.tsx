import { ButtonLink } from './button-link.tsx';
import { Button } from './button.tsx';
import { Page } from './page.tsx';
import { StandalonePage } from './standalone-page.tsx';

interface ErrorScreenProps {
  appName: string;
  words: { title: string; text: string; reload: string; home: string };
  /** True inside the app's frame, which still works; otherwise the screen replaces the whole page. */
  framed?: boolean | undefined;
  onReload: () => void;
}

/** Replaces a screen that cannot be shown: explains the problem, and offers to reload or to leave. */
export function ErrorScreen({ appName, words, framed = false, onReload }: ErrorScreenProps) {
  const title = <title>{`${words.title} · ${appName}`}</title>;
  const actions = (
    <>
      <Button variant="primary" onClick={onReload}>
        {words.reload}
      </Button>
      <ButtonLink variant="quiet" to="/" reloadDocument>
        {words.home}
      </ButtonLink>
    </>
  );
  if (framed) {
    return (
      <div role="alert">
        {title}
        <Page title={words.title} lede={words.text}>
          {actions}
        </Page>
      </div>
    );
  }
  return (
    <StandalonePage appName={appName} tone="bad" icon="alert" title={words.title} actions={actions}>
      {title}
      <p>{words.text}</p>
    </StandalonePage>
  );
}
