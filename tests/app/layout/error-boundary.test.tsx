import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { Link, MemoryRouter, Route, Routes } from 'react-router';
import { expect, it, vi } from 'vitest';

import { ErrorBoundary } from '#app/layout/error-boundary.tsx';
import { lazyScreen } from '#app/layout/lazy-screen.ts';

function show(path: string) {
  const Missing = lazyScreen(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));
  const Loaded = lazyScreen(() => Promise.resolve(() => <h1>A screen</h1>));
  render(
    <MemoryRouter initialEntries={[path]}>
      <nav>
        <Link to="/fine">Fine</Link>
        <Link to="/missing">Missing</Link>
        <Link to="/broken">Broken</Link>
      </nav>
      <ErrorBoundary framed>
        <Suspense>
          <Routes>
            <Route path="fine" element={<Loaded />} />
            <Route path="missing" element={<Missing />} />
            <Route path="broken" element={<Broken />} />
          </Routes>
        </Suspense>
      </ErrorBoundary>
    </MemoryRouter>,
  );
}

function Broken(): never {
  throw new TypeError('a fault of the app');
}

const title = (name: string) => screen.findByRole('heading', { level: 1, name });
const go = (name: string) => userEvent.click(screen.getByRole('link', { name }));

/** React logs an error that a boundary caught to the console: expected here. */
function expectReported(times: number): void {
  expect(vi.mocked(console.error)).toHaveBeenCalledTimes(times);
  vi.mocked(console.error).mockClear();
}
function silenceConsole(): void {
  vi.mocked(console.error).mockImplementation(() => {});
}

it('distinguishes a screen that failed to load from an internal error', async () => {
  silenceConsole();
  show('/missing');
  await title('This screen couldn’t be loaded');
  expect(screen.getByRole('alert').textContent).toContain('What you wrote is saved');
  expect(screen.getByRole('button', { name: 'Reload' })).toBeDefined();
  await go('Broken');
  await title('This screen stopped working');
  expect(screen.getByRole('button', { name: 'Reload' })).toBeDefined();
  expectReported(2);
});

it('keeps the rest of the layout working', async () => {
  silenceConsole();
  show('/fine');
  await title('A screen');
  await go('Missing');
  await title('This screen couldn’t be loaded');
  await go('Fine');
  await title('A screen');
  await go('Broken');
  await title('This screen stopped working');
  await go('Fine');
  await title('A screen');
  expectReported(2);
});

it('offers to reload the page', async () => {
  silenceConsole();
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
  show('/missing');
  await userEvent.click(await screen.findByRole('button', { name: 'Reload' }));
  expect(reload).toHaveBeenCalledOnce();
  expectReported(1);
});
