import type { ComponentProps, MouseEvent } from 'react';

import { buttonClassName, type ButtonLook } from './button-class-name.ts';
import { Spinner } from './spinner.tsx';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'disabled'>, ButtonLook {
  /** True while the action runs: shows a spinner and ignores clicks, but keeps the focus. */
  busy?: boolean;
}

/** A button. Its label says what happens. It is never disabled without a text next to it that says why. */
export function Button({ variant, size, iconOnly, busy = false, onClick, children, ...rest }: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      {...rest}
      {...(busy && { 'aria-disabled': true, 'aria-busy': true })}
      className={buttonClassName({ variant, size, iconOnly })}
      onClick={press}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}
