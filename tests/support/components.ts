/** Unmounts components after each test, which Testing Library does only if globals are on. */
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);
