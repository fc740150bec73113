/** The frame around every screen. */
export const shell = {
  skip: 'Skip to content',
  navigation: 'Main',
  planner: 'Planner',
  connections: 'Connections',
  inspector: 'Flow inspector',
  inspectorShort: 'Inspector',
  switchTheme: 'Switch theme',
  needSignIn: (count: number) => (count === 1 ? '1 needs sign-in' : `${count} need sign-in`),
};
