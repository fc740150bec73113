/** Step by step, on the screens beside the inspector. */
export const stepBar = {
  label: 'Step by step',
  held: (title: string) => `Held before: ${title}.`,
  nothingSent: 'Nothing is sent until you go on.',
  codeRunsOut: 'Nothing is sent until you go on. The code that came is good for a minute or so.',
  waiting: 'Step by step is on: the next step will wait for you.',
  next: 'Next step',
  look: 'Look at it',
  stop: 'Stop holding',
};
