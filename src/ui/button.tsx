import type { ComponentProps, MouseEvent } from 'react';

import { buttonClassName, type ButtonLook } from './button-class-name.ts';
import { Spinner } from './spinner.tsx';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'disabled'>, ButtonLook {
  /** At work: shows the ring and does nothing when pressed, but keeps the focus. */
  busy?: boolean;
}

/** A button. It says what happens; it is never switched off without words beside it that say why. */
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
