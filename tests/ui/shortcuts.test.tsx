import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';

import { ShortcutsEnabled, useShortcuts } from '#ui/shortcuts.ts';

function Bound({ bindings }: { bindings: Record<string, () => void> }) {
  return <p>{useShortcuts(bindings) ? 'on' : 'off'}</p>;
}

function show({ areOn = true, beside }: { areOn?: boolean; beside?: ReactNode } = {}) {
  const done: string[] = [];
  const does = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, () => done.push(key)]));
  const { unmount } = render(
    <ShortcutsEnabled value={areOn}>
      <Bound bindings={does('c')} />
      <Bound bindings={does('g c', 'g p', '?')} />
      {beside}
    </ShortcutsEnabled>,
  );
  return { done, unmount };
}

it('act on one letter or two, lower or upper case', async () => {
  const { done } = show();
  await userEvent.keyboard('c?gpC');
  expect(done).toEqual(['c', '?', 'g p', 'c']);
});

it('use a second letter for nothing else, even if another component binds it', async () => {
  const { done } = show();
  await userEvent.keyboard('gcc');
  expect(done).toEqual(['g c', 'c']);
});

it('restart after an unknown second letter', async () => {
  const { done } = show();
  await userEvent.keyboard('ggpgxc');
  expect(done).toEqual(['g p', 'c']);
});

it('time out after a first letter', () => {
  const { done } = show();
  const press = (key: string, timeStamp: number) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true });
    vi.spyOn(event, 'timeStamp', 'get').mockReturnValue(timeStamp);
    fireEvent(document.body, event);
  };
  press('g', 1_000);
  press('c', 3_000);
  press('g', 4_000);
  press('c', 5_000);
  expect(done).toEqual(['c', 'g c']);
});

it('are letters in fields, but not on radio buttons and checkboxes', async () => {
  const { done } = show({
    beside: (
      <>
        <input aria-label="A field" />
        <textarea aria-label="A larger field" />
        <select aria-label="A list" />
        <input type="radio" aria-label="A choice" />
      </>
    ),
  });
  for (const name of ['A field', 'A larger field', 'A list']) {
    screen.getByLabelText(name).focus();
    await userEvent.keyboard('c');
  }
  expect(done).toEqual([]);
  screen.getByLabelText('A choice').focus();
  await userEvent.keyboard('c');
  expect(done).toEqual(['c']);
});

it('ignore keys of a dialog or a shortcut with a modifier', async () => {
  const { done, unmount } = show();
  await userEvent.keyboard('{Control>}c{/Control}{Meta>}c{/Meta}{Alt>}c{/Alt}{Shift>}c{/Shift}');
  fireEvent.keyDown(document.body, { key: 'c', repeat: true });
  expect(done).toEqual([]);
  unmount();
  const open = show({ beside: <dialog open>Something else</dialog> });
  await userEvent.keyboard('c?');
  expect(open.done).toEqual([]);
});

it('use the key’s position if the alphabet is another one', () => {
  const { done } = show();
  fireEvent.keyDown(document.body, { key: 'с', code: 'KeyC' });
  fireEvent.keyDown(document.body, { key: 'é', code: 'Digit2' });
  expect(done).toEqual(['c']);
});

it('do nothing when turned off, or when their component is unmounted', async () => {
  const off = show({ areOn: false });
  await userEvent.keyboard('c?gp');
  expect(off.done).toEqual([]);
  expect(screen.getAllByText('off')).toHaveLength(2);
  off.unmount();
  const gone = show();
  gone.unmount();
  await userEvent.keyboard('c');
  expect(gone.done).toEqual([]);
});
