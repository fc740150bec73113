import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';

import { Icon } from './icon.tsx';
import styles from './toast.module.css';

const STAYS_FOR = 8_000;

export interface ToastContent {
  /** The toast's id; a new one restarts the timer. */
  id: number;
  text: string;
  action?: { label: string; onAction: () => void };
}

interface ToastProps {
  toast: ToastContent | undefined;
  closeLabel: string;
  onDone: () => void;
}

/** Shows a message for 8 seconds, longer while the pointer or the focus is on it, or until it is closed. */
export function Toast({ toast, closeLabel, onDone }: ToastProps) {
  const [isHeld, setIsHeld] = useState(false);
  const ref = useRef<HTMLDivElement>(null);
  const id = toast?.id;
  useLayoutEffect(() => {
    const element = ref.current;
    // A popover appears above an open dialog. Browsers from before 2024 lack it, and show the toast above the page only.
    if (id === undefined || !element || !('showPopover' in element)) return;
    element.showPopover();
    return () => {
      element.hidePopover();
    };
  }, [id]);
  useEffect(() => {
    if (id === undefined || isHeld) return;
    const timer = setTimeout(() => {
      onDone();
    }, STAYS_FOR);
    return () => {
      clearTimeout(timer);
    };
  }, [id, isHeld, onDone]);

  const hold = (): void => {
    setIsHeld(true);
  };
  const release = (): void => {
    setIsHeld(false);
  };
  /** Releases the hold explicitly, because an element that is removed while focused fires no blur event. */
  const close = (): void => {
    release();
    onDone();
  };
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };
  const action = toast?.action;
  return (
    <div role="status">
      {toast && (
        <div
          key={id}
          ref={ref}
          popover="manual"
          className={styles.toast}
          onPointerEnter={hold}
          onPointerLeave={release}
          onFocus={hold}
          onBlur={release}
        >
          <span>{toast.text}</span>
          {action && (
            <button
              type="button"
              onKeyDown={closeByKey}
              onClick={() => {
                action.onAction();
                close();
              }}
            >
              {action.label}
            </button>
          )}
          <button type="button" className={styles.close} aria-label={closeLabel} onKeyDown={closeByKey} onClick={close}>
            <Icon name="close" small />
          </button>
        </div>
      )}
    </div>
  );
}
