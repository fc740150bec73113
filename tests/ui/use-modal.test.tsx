import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { InfoDialog } from '#ui/info-dialog.tsx';

function show() {
  const onClose = vi.fn();
  render(
    <InfoDialog title="Keys" closeLabel="Close" onClose={onClose}>
      <p>Text</p>
    </InfoDialog>,
  );
  const dialog = screen.getByRole('dialog');
  dialog.getBoundingClientRect = () => new DOMRect(100, 100, 200, 200);
  const press = (from: Element, to: Element, [x, y]: [number, number], [endX, endY] = [x, y]): void => {
    fireEvent.mouseDown(from, { clientX: x, clientY: y });
    fireEvent.click(to, { clientX: endX, clientY: endY });
  };
  return { onClose, dialog, press };
}

describe('a click beside a dialog', () => {
  afterEach(() => Reflect.deleteProperty(HTMLDialogElement.prototype, 'closedBy'));

  test('closes it by script if the browser lacks closedby', () => {
    const { onClose, dialog, press } = show();
    expect(dialog.hasAttribute('closedby')).toBe(false);
    press(dialog, dialog, [50, 150]);
    expect(onClose).toHaveBeenCalledOnce();
  });

  test('does not count in its padding, on its content, or if the press started inside', () => {
    const { onClose, dialog, press } = show();
    press(dialog, dialog, [110, 110]);
    press(screen.getByText('Text'), screen.getByText('Text'), [50, 150]);
    press(screen.getByText('Text'), dialog, [150, 150], [50, 150]);
    expect(onClose).not.toHaveBeenCalled();
  });

  test('is handled by the browser if it supports closedby', () => {
    Object.defineProperty(HTMLDialogElement.prototype, 'closedBy', { configurable: true, value: 'none' });
    const { onClose, dialog, press } = show();
    expect(dialog.getAttribute('closedby')).toBe('any');
    press(dialog, dialog, [50, 150]);
    expect(onClose).not.toHaveBeenCalled();
  });
});
