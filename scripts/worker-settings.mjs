/** Creates deployment.js, which configures the service worker for a deployment without a rebuild. Pure. */

/**
 * @param {Pick<import('./deployment.mjs').Deployment, 'offersBirdsong'>} deployment
 * @returns {string} the script's text
 */
export function workerSettings({ offersBirdsong }) {
  return [
    '// Settings of the service worker for this deployment; written by `npm run configure`.',
    `self.deployment = { birdsong: ${offersBirdsong} };`,
    '',
  ].join('\n');
}
