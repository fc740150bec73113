/**
 * `npm run bench`: measures the built client, without assertions. Each command starts and ends its own Chromium and servers.
 *
 *     npm run bench                          what a call and a callback cost
 *     npm run bench -- storm --rounds 20     5 tabs x 40 calls at expiry
 *     npm run bench -- kill --rounds 30      a tab dies during a refresh
 *     npm run bench -- soak --minutes 30     3 tabs, tokens of 5 s, random faults
 *     npm run bench -- peers --bench FOLDER  our row of a side-by-side bench of client libraries (--only b2,b4; --quick)
 */
import { parseArgs } from 'node:util';
import { ensureInstalled, stop } from '#scripts/ensure-installed.mjs';

ensureInstalled();
await bench().catch(stop);

async function bench() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      minutes: { type: 'string' },
      bench: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const [command = 'figures', ...more] = positionals;
  if (more.length > 0) throw new Error('One command at a time: figures, storm, kill, soak or peers.');
  switch (command) {
    case 'figures':
      return (await import('./figures.mjs')).printFigures();
    case 'storm':
      return onStage(async (browser, site) => {
        const { runStorms, stormLine, stormSummary } = await import('./storm.mjs');
        const rounds = bounded(values.rounds, 20, 200);
        const storms = await runStorms(browser, site, { rounds, onRound: (storm) => say(stormLine(storm)) });
        say(`\n${stormSummary(storms)}`);
      });
    case 'kill':
      return onStage(async (browser, site) => {
        const { killLine, killPlan, killSummary, runKills } = await import('./kill.mjs');
        const plan = killPlan(bounded(values.rounds, 30, 300));
        const kills = await runKills(browser, site, { plan, onRound: (kill) => say(killLine(kill)) });
        say(`\n${killSummary(kills)}`);
      });
    case 'soak':
      return (await import('./soak.mjs')).printSoak(bounded(values.minutes, 30, 240));
    case 'peers':
      return (await import('./peers.mjs')).printRow(values);
    default:
      throw new Error(`There is no bench "${command}": figures, storm, kill, soak or peers.`);
  }
}

/** @param {(browser: import('./stage.mjs').Browser, site: import('./stage.mjs').Site) => Promise<void>} act */
async function onStage(act) {
  const { openChromium, openSite } = await import('./stage.mjs');
  const site = await openSite();
  try {
    const browser = await openChromium();
    try {
      await act(browser, site);
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

/**
 * @param {string | undefined} value
 * @param {number} usual
 * @param {number} most
 * @throws {RangeError}
 */
function bounded(value, usual, most) {
  const number = Number(value ?? usual);
  if (number > 0 && number <= most) return number;
  throw new RangeError(`"${value}" is no number from 1 to ${most}.`);
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
