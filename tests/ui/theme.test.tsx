import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { currentTheme, switchTheme } from '#ui/theme.ts';

const root = document.documentElement;

beforeEach(() => {
  localStorage.clear();
  delete root.dataset.theme;
});
afterEach(() => {
  delete root.dataset.theme;
});

describe('the theme', () => {
  it('follows the system until a person chooses', () => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    vi.spyOn(window, 'matchMedia').mockReturnValue(query);
    const system = vi.spyOn(query, 'matches', 'get').mockReturnValue(true);
    expect(currentTheme()).toBe('dark');
    system.mockReturnValue(false);
    expect(currentTheme()).toBe('light');
  });

  it('changes to the other look and is remembered', () => {
    root.dataset.theme = 'dark';
    switchTheme();
    expect(root.dataset.theme).toBe('light');
    expect(localStorage.getItem('theme')).toBe('light');
    switchTheme();
    expect(localStorage.getItem('theme')).toBe('dark');
  });

  it('changes for this page where storage is blocked', () => {
    root.dataset.theme = 'light';
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    expect(switchTheme()).toBe('dark');
    expect(root.dataset.theme).toBe('dark');
  });
});
