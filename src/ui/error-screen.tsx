import { Button } from './button.tsx';
import { ButtonLink } from './button-link.tsx';
import { StandingAlone } from './standing-alone.tsx';

interface ErrorScreenProps {
  words: { appName: string; title: string; text: string; reload: string; home: string };
  onReload: () => void;
}

/** Stands in for a screen that broke: says so in plain words, offers to load it anew or to leave. */
export function ErrorScreen({ words, onReload }: ErrorScreenProps) {
  return (
    <StandingAlone
      appName={words.appName}
      tone="bad"
      icon="alert"
      title={words.title}
      actions={
        <>
          <Button variant="primary" onClick={onReload}>
            {words.reload}
          </Button>
          <ButtonLink variant="quiet" to="/" reloadDocument>
            {words.home}
          </ButtonLink>
        </>
      }
    >
      <title>{`${words.title} · ${words.appName}`}</title>
      <p>{words.text}</p>
    </StandingAlone>
  );
}
