import { type ComponentProps, type KeyboardEvent, type SyntheticEvent, useLayoutEffect, useRef } from 'react';

type ModalProps = Pick<ComponentProps<'dialog'>, 'ref' | 'onCancel' | 'onClose' | 'onKeyDown'>;

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
