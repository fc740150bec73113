/** Components are unmounted after each test; Testing Library does so by itself only where globals are on. */
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);
