import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { claimPort, listen, PortTakenError, portFrom } from '#scripts/port.mjs';

test('prefers PORT over the default port', () => {
  expect(portFrom(undefined, 4173)).toBe(4173);
  expect(portFrom('', 4173)).toBe(4173);
  expect(portFrom('8080', 4173)).toBe(8080);
});

test.for(['eighty', '0', '65536', '-1', '80.5', '8080 '])('rejects PORT=%s with an explanation', (value) => {
  expect(() => portFrom(value, 4173)).toThrow(`PORT is "${value}", which is not a port`);
});

test('claims a free port that can be listened on afterwards', async () => {
  const server = createServer();
  const port = await listen(server, 0, '127.0.0.1');
  await expect(claimPort(port)).rejects.toThrow(PortTakenError);
  await new Promise((resolve) => server.close(resolve));
  await claimPort(port);
  await listen(server, port, '127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
});
