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
 * What makes a `<dialog>` a modal one for as long as it is mounted. Closing hands the focus back to where it was.
 * @param onClose called when a person asks for it: Escape, Back on a phone, or a click beside it where the browser has that
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
    // Chromium closes without asking the second time; the state above must follow.
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
 * Lets a click beside a modal `<dialog>` close it: by `closedby`, or in script where the browser lacks that (Safari, Firefox 140).
 * @param onClose called when the user asks for it
 * @returns the properties for the element
 */
export function useLightDismiss(onClose: () => void): LightDismissProps {
  const isPressedBeside = useRef(false);
  if ('closedBy' in HTMLDialogElement.prototype) return { closedby: 'any' };
  return {
    // A press that begins inside, as in selecting text, and ends beside closes nothing.
    onMouseDown: (event) => {
      isPressedBeside.current = isBeside(event);
    },
    onClick: (event) => {
      if (isPressedBeside.current && isBeside(event)) onClose();
    },
  };
}

/** The backdrop belongs to the dialog: a click on it has the dialog as its target, and a point outside its box. */
function isBeside({ target, currentTarget, clientX, clientY }: MouseEvent<HTMLDialogElement>): boolean {
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
  const isInBox = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
  return target === currentTarget && !isInBox;
}
