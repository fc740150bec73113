/** A fault of the app itself. */
export const broken = {
  appName: 'Content Planner',
  title: 'This screen stopped working',
  text: 'Something in the app itself went wrong. What you wrote is kept on this device. Load the page anew to go on.',
  reload: 'Load anew',
  home: 'Go to the planner',
};
