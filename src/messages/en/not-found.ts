/** An address with nothing at it. */
export const notFound = {
  title: 'Nothing at this address',
  text: 'The page may have moved, or the address has a slip in it. Your posts and connections are untouched.',
  home: 'Go to the planner',
};
