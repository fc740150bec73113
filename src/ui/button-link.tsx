import { Link, type LinkProps } from 'react-router';

import { buttonClassName, type ButtonLook } from './button-class-name.ts';

/** A link to another screen that looks like a button. */
export function ButtonLink({ variant, size, iconOnly, ...rest }: Omit<LinkProps, 'className'> & ButtonLook) {
  return <Link {...rest} className={buttonClassName({ variant, size, iconOnly })} />;
}
