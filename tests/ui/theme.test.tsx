import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { currentTheme, showTheme } from '#ui/theme.ts';

const root = document.documentElement;

function clear(): void {
  delete root.dataset.theme;
}
beforeEach(clear);
afterEach(clear);

describe('the theme', () => {
  it('is the system’s until the user chooses', () => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    vi.spyOn(window, 'matchMedia').mockReturnValue(query);
    const system = vi.spyOn(query, 'matches', 'get').mockReturnValue(true);
    expect(currentTheme()).toBe('dark');
    system.mockReturnValue(false);
    expect(currentTheme()).toBe('light');
  });

  it('is the chosen one, and the system’s again', () => {
    showTheme('dark');
    expect(root.dataset.theme).toBe('dark');
    expect(currentTheme()).toBe('dark');
    showTheme('light');
    expect(currentTheme()).toBe('light');
    showTheme('system');
    expect(root.dataset.theme).toBeUndefined();
  });
});
