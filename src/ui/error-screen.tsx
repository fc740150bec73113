import { ButtonLink } from './button-link.tsx';
import { Button } from './button.tsx';
import { Page } from './page.tsx';
import { StandalonePage } from './standalone-page.tsx';

interface ErrorScreenProps {
  appName: string;
  text: { title: string; text: string; reload: string; home: string };
  /** True inside the app's frame, which still works; otherwise the screen replaces the whole page. */
  framed?: boolean | undefined;
  onReload: () => void;
}

/** Replaces a screen that cannot be shown: explains the problem, and offers to reload or to leave. */
export function ErrorScreen({ appName, text, framed = false, onReload }: ErrorScreenProps) {
  const title = <title>{`${text.title} · ${appName}`}</title>;
  const actions = (
    <>
      <Button variant="primary" onClick={onReload}>
        {text.reload}
      </Button>
      <ButtonLink variant="quiet" to="/" reloadDocument>
        {text.home}
      </ButtonLink>
    </>
  );
  if (framed) {
    return (
      <div role="alert">
        {title}
        <Page title={text.title} lede={text.text}>
          {actions}
        </Page>
      </div>
    );
  }
  return (
    <StandalonePage appName={appName} tone="bad" icon="alert" title={text.title} actions={actions}>
      {title}
      <p>{text.text}</p>
    </StandalonePage>
  );
}
