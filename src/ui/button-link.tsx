import { Link, type LinkProps } from 'react-router';

import { buttonLook, type ButtonLook } from './button-look.ts';

/** A link to another screen that looks like a button. */
export function ButtonLink({ variant, size, iconOnly, ...rest }: Omit<LinkProps, 'className'> & ButtonLook) {
  return <Link {...rest} className={buttonLook({ variant, size, iconOnly })} />;
}
