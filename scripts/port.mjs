/** Which port to listen on, and that nobody else does. */
import { createServer } from 'node:net';

/** Another program listens on the port; the message says what to do. */
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
 * @param {string | undefined} value of the PORT variable
 * @param {number} usual where the variable is not set
 * @returns {number}
 * @throws {RangeError} when it is no port
 */
export function portFrom(value, usual) {
  if (!value) return usual;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new RangeError(`PORT is "${value}", which is no port: use a number from 1 to 65535.`);
  }
  return port;
}

/**
 * @param {import('node:net').Server} server an http server is one
 * @param {number} port 0 for any free one
 * @param {string} host
 * @returns {Promise<number>} the port it listens on
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
 * @param {number} port on this machine
 * @throws {PortTakenError}
 */
export async function claimPort(port) {
  const server = createServer();
  await listen(server, port, '127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
}
