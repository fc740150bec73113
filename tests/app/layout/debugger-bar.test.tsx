import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { expect, it } from 'vitest';

import { DebuggerBarLoader } from '#app/layout/debugger-bar-loader.tsx';
import type { TraceTag } from '#trace/event.ts';
import { createStepDebugger } from '#trace/step-debugger.ts';

const tag: TraceTag = { flow: 'f', kind: 'connect', service: 'Birdsong' };

function show(path: string) {
  const stepper = createStepDebugger();
  render(
    <MemoryRouter initialEntries={[path]}>
      <DebuggerBarLoader stepper={stepper} />
    </MemoryRouter>,
  );
  return stepper;
}

it('appears on every screen while the step debugger is on, and releases the held step', async () => {
  const stepper = show('/callback');
  expect(screen.queryByRole('region')).toBeNull();
  act(() => stepper.setStepping(true));
  const bar = await screen.findByRole('region', { name: 'Step by step' });
  expect(bar.textContent).toContain('the next step will pause');
  let isTaken = false;
  await act(async () => void stepper.waitFor(tag, 'token-request').then(() => (isTaken = true)));
  expect(screen.getByRole('status').textContent).toMatch(
    /^Paused before: Exchange the code.*expires in about a minute/,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Next step' }));
  expect(isTaken).toBe(true);
  expect(screen.getByRole('link', { name: 'Open inspector' }).getAttribute('href')).toBe('/inspector');
  await userEvent.click(screen.getByRole('button', { name: 'Run to the end' }));
  expect(stepper.state()).toEqual({ kind: 'open' });
  expect(screen.queryByRole('region')).toBeNull();
});

it('does not appear in the inspector, which has its own controls', () => {
  const stepper = show('/inspector');
  act(() => stepper.setStepping(true));
  expect(screen.queryByRole('region')).toBeNull();
});
