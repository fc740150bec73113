import { messages } from '#messages/en.ts';
import { Button } from '#ui/button.tsx';

const text = messages.callback;

interface BackButtonProps {
  to: string;
  variant?: 'primary' | 'quiet';
  /** Defaults to naming the page it leads back to. */
  label?: string;
  onGo: (path: string) => void;
}

/** Links from a standalone screen to one of the app's pages. */
export function BackButton({ to, variant = 'quiet', label = backTo(to), onGo }: BackButtonProps) {
  return (
    <Button
      variant={variant}
      onClick={() => {
        onGo(to);
      }}
    >
      {label}
    </Button>
  );
}

function backTo(path: string): string {
  if (path.startsWith('/connections')) return text.backToConnections;
  if (path.startsWith('/compose/')) return text.backToDraft;
  return path.startsWith('/inspector') ? text.backToInspector : text.backToPlanner;
}
