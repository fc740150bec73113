/** A URL that matches no page. */
export const notFound = {
  title: 'Page not found',
  text: 'The page may have moved, or there may be a typo in the address. Your posts and connections are safe.',
  home: 'Go to the planner',
};
