import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { switchTheme } from './theme.ts';

/** Changes between light and dark; an icon with a label, for where the rail is hidden. */
export function ThemeSwitch({ label }: { label: string }) {
  return (
    <Button variant="quiet" iconOnly aria-label={label} onClick={switchTheme}>
      <Icon name="theme" />
    </Button>
  );
}
