import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { Logo } from '#ui/logo.tsx';

const ICON = 'https://planner.example/notices.svg';

/** The logo, with its name so that it can be found. */
function show(icon?: string) {
  const { rerender } = render(<Logo network="Notices" icon={icon} labelled />);
  return {
    mark: () => screen.getByRole('img', { name: 'Notices' }),
    picture: () => document.querySelector('img'),
    update: (next: string) => rerender(<Logo network="Notices" icon={next} labelled />),
  };
}

describe('the logo of a network', () => {
  it('is its first letter if it has no image', () => {
    const { mark, picture } = show();
    expect(mark().textContent).toBe('N');
    expect(picture()).toBeNull();
  });

  it('is its image once loaded, and the letter until then', () => {
    const { mark, picture } = show(ICON);
    expect(mark().textContent).toBe('N');
    expect(picture()?.getAttribute('src')).toBe(ICON);
    expect(picture()?.getAttribute('alt')).toBe(''); // The logo has the name.
    fireEvent.load(picture() as HTMLImageElement);
    expect(mark().textContent).toBe('');
  });

  it('stays the letter if the image fails to load', () => {
    const { mark, picture } = show(ICON);
    fireEvent.error(picture() as HTMLImageElement);
    expect(mark().textContent).toBe('N');
  });

  it('is the letter again while another image loads', () => {
    const { mark, picture, update } = show(ICON);
    fireEvent.load(picture() as HTMLImageElement);
    update('https://planner.example/other.svg');
    expect(mark().textContent).toBe('N');
  });
});
