import { useEffect, useState } from 'react';

/**
 * A value as it was when it last stayed the same for a while: for what is read out, which must not follow every change.
 * @param calm milliseconds without a change
 */
export function useDebouncedValue<Value>(value: Value, calm: number): Value {
  const [said, setSaid] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(value), calm);
    return () => clearTimeout(timer);
  }, [value, calm]);
  return said;
}
