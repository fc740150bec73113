import { useEffect, useState } from 'react';

/**
 * Returns a value once it has stayed unchanged for a while, for announcements that must not follow every change.
 * @param calm the milliseconds without a change
 */
export function useDebouncedValue<Value>(value: Value, calm: number): Value {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), calm);
    return () => clearTimeout(timer);
  }, [value, calm]);
  return debounced;
}
