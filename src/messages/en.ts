import { appName } from './en/app-name.ts';
import { birdsong } from './en/birdsong.ts';
import { broken } from './en/broken.ts';
import { callback } from './en/callback.ts';
import { composer } from './en/composer.ts';
import { connect } from './en/connect.ts';
import { connections } from './en/connections.ts';
import { failures } from './en/failures.ts';
import { firstRun } from './en/first-run.ts';
import { notFound } from './en/not-found.ts';
import { planner } from './en/planner.ts';
import { shell } from './en/shell.ts';
import { status } from './en/status.ts';
import { toasts } from './en/toasts.ts';

/** The messages of the screens in the initial bundle. Screens that load later import theirs from separate files. */
export const messages = {
  appName,
  title: (screen: string) => `${screen} · ${appName}`,
  birdsong,
  broken,
  callback,
  composer,
  connect,
  connections,
  failures,
  firstRun,
  notFound,
  planner,
  shell,
  status,
  toasts,
};
