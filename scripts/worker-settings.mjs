/** Creates deployment.js, which configures the service worker for a deployment without a rebuild. Pure. */

/**
 * @param {Pick<import('./deployment.mjs').Deployment, 'offersBirdsong'>} deployment
 * @returns {string} the script's text
 */
export function workerSettings({ offersBirdsong }) {
  return [
    '// What the service worker is told of this deployment; `npm run configure` writes it.',
    `self.deployment = { birdsong: ${offersBirdsong} };`,
    '',
  ].join('\n');
}
