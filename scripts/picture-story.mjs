/** The main story of the pictures: named steps, each of which continues from the page that the previous one left. */

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {{ name: string, act: (page: Page, url: string) => Promise<void> }} Step
 */

/** @type {Step[]} */
const PLANNING = [
  {
    name: 'first-run',
    act: async (page, url) => {
      await page.goto(url);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  },
  {
    name: 'consent',
    act: async (page) => {
      await page.getByRole('button', { name: /^Connect Birdsong/ }).click();
      await page.getByRole('button', { name: 'Allow' }).waitFor();
    },
  },
  {
    name: 'planner-empty',
    act: async (page) => {
      await page.getByRole('button', { name: 'Allow' }).click();
      await page.getByText('Connected to Birdsong').waitFor();
    },
  },
  {
    name: 'composer',
    act: async (page) => {
      await write(page, 'Staff picks for the long nights. Ines chose a novel about a lighthouse that moves.');
      await page.getByRole('radio', { name: 'Pick a time' }).check();
      await page.getByLabel('Date').fill(tomorrow());
      await page.getByLabel('Time', { exact: true }).fill('17:00');
    },
  },
  {
    name: 'composer-too-long',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Post' }).fill('A sentence that goes on for rather too long. '.repeat(7));
      await page.getByRole('button', { name: /^Schedule/ }).click();
    },
  },
  {
    name: 'planner',
    act: async (page) => {
      await page
        .getByRole('textbox', { name: 'Post' })
        .fill('Staff picks for the long nights. Ines chose a novel about a lighthouse that moves.');
      await page.getByRole('button', { name: /^Schedule/ }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await write(page, 'Our winter list is here: nine books, four debuts, all printed in Leith.');
      await page.getByRole('button', { name: 'Post now on Birdsong' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await write(page, 'Reading group: January vote');
      await page.keyboard.press('Escape');
      await page.getByLabel('Likes').or(page.getByText('Likes')).first().waitFor();
    },
  },
  {
    name: 'connections',
    act: async (page, url) => {
      await page.goto(`${url}connections`);
      await page.getByText('Details').click();
    },
  },
];

/** @type {Step[]} */
const INSPECTING = [
  {
    name: 'inspector',
    act: async (page, url) => {
      await connectBirdsong(page, url);
      await page.goto(`${url}inspector`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  },
  {
    name: 'inspector-step',
    act: async (page) => {
      await page
        .getByRole('navigation', { name: 'Flows' })
        .getByRole('button', { name: /^Connect/ })
        .click();
      await page.getByRole('button', { name: /POST \/birdsong\/token/ }).click();
      await page.getByRole('heading', { name: 'Exchange the code for tokens' }).waitFor();
    },
  },
  {
    name: 'callback-unknown',
    act: async (page, url) => {
      await page.goto(`${url}callback?code=abc&state=made-up`);
      await page.getByRole('heading', { name: 'This sign-in wasn’t started here' }).waitFor();
    },
  },
  {
    name: 'not-found',
    act: async (page, url) => {
      await page.goto(`${url}nowhere`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  },
];

/** Separate stories, each run in a new browser profile. */
export const STORIES = { planning: PLANNING, 'the inspector': INSPECTING };

/**
 * The files below docs/ that show a step, at full width in the light theme.
 * @type {Readonly<Record<string, string>>}
 */
export const DOCS = { planner: 'planner.png', 'inspector-step': 'inspector.png' };

/**
 * @param {Page} page
 * @param {string} text
 */
async function write(page, text) {
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('textbox', { name: 'Post' }).fill(text);
}

/** @returns {string} as a date field takes it */
function tomorrow() {
  return new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/**
 * Connects Birdsong as a new user, and waits for the planner.
 * @param {Page} page
 * @param {string} url of the app
 */
export async function connectBirdsong(page, url) {
  await page.goto(url);
  await page.getByRole('button', { name: /^Connect Birdsong/ }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('button', { name: 'New post' }).waitFor();
}
