/** Chooses a port, and checks that no other program is listening on it. */
import { createServer } from 'node:net';

/** Thrown if another program is listening on the port. The message says what to do. */
export class PortTakenError extends Error {
  /** @param {number} port */
  constructor(port) {
    super(
      `Port ${port} is taken. Stop the program that listens there, or set the PORT variable to another number, ` +
        `such as ${port + 1}.`,
    );
    this.name = 'PortTakenError';
  }
}

/**
 * Parses the PORT variable.
 * @param {string | undefined} value its value
 * @param {number} usual the port if the variable is not set
 * @returns {number}
 * @throws {RangeError} if the value is not a port
 */
export function portFrom(value, usual) {
  if (!value) return usual;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new RangeError(`PORT is "${value}", which is not a port: use a number from 1 to 65535.`);
  }
  return port;
}

/**
 * Starts listening.
 * @param {import('node:net').Server} server for example an http server
 * @param {number} port 0 for any free port
 * @param {string} host
 * @returns {Promise<number>} the port that it listens on
 * @throws {PortTakenError}
 */
export function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port) : error),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/**
 * Checks that a port on this machine is free.
 * @param {number} port
 * @throws {PortTakenError}
 */
export async function claimPort(port) {
  const server = createServer();
  await listen(server, port, '127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
}
