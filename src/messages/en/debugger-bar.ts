/** Step-by-step mode, on the screens outside the inspector. */
export const debuggerBar = {
  label: 'Step by step',
  held: (title: string) => `Paused before: ${title}.`,
  nothingSent: 'Nothing is sent until you continue.',
  codeRunsOut: 'Nothing is sent until you continue. The code expires in about a minute.',
  waiting: 'Step by step is on: the next step will pause.',
  next: 'Next step',
  look: 'Open inspector',
  stop: 'Run to the end',
};
