import {
  type ComponentProps,
  type KeyboardEvent,
  type MouseEvent,
  type SyntheticEvent,
  useLayoutEffect,
  useRef,
} from 'react';

type ModalProps = Pick<ComponentProps<'dialog'>, 'ref' | 'onCancel' | 'onClose' | 'onKeyDown'>;
type LightDismissProps = Pick<ComponentProps<'dialog'>, 'closedby' | 'onMouseDown' | 'onClick'>;

/**
 * Opens a `<dialog>` as a modal while it is mounted. Closing it returns the focus to where it was.
 * @param onClose called when the user asks to close it: Escape, Back on a phone, or a click outside if the browser supports that
 * @returns the properties for the element
 */
export function useModal(onClose: () => void): ModalProps {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
    };
  }, []);
  return {
    ref,
    onCancel: (event: SyntheticEvent<HTMLDialogElement>) => {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    },
    // On the second attempt Chromium closes the dialog without a cancellable event; the parent's state must follow.
    onClose: (event: SyntheticEvent<HTMLDialogElement>) => {
      event.stopPropagation();
      if (!event.currentTarget.open) onClose();
    },
    onKeyDown: (event: KeyboardEvent<HTMLDialogElement>) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    },
  };
}

/**
 * Closes a modal `<dialog>` on a click outside it: by `closedby`, or by script in browsers that lack it (Safari, Firefox 140).
 * @param onClose called when the user asks for it
 * @returns the properties for the element
 */
export function useLightDismiss(onClose: () => void): LightDismissProps {
  const isPressedBeside = useRef(false);
  if ('closedBy' in HTMLDialogElement.prototype) return { closedby: 'any' };
  return {
    // A press that starts inside and ends outside, as when selecting text, must not close the dialog.
    onMouseDown: (event) => {
      isPressedBeside.current = isBeside(event);
    },
    onClick: (event) => {
      if (isPressedBeside.current && isBeside(event)) onClose();
    },
  };
}

/** Returns whether a click is on the backdrop: its target is the dialog, and its position is outside the dialog's box. */
function isBeside({ target, currentTarget, clientX, clientY }: MouseEvent<HTMLDialogElement>): boolean {
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
  const isInBox = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
  return target === currentTarget && !isInBox;
}
