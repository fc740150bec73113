/** The demo network. */
export const birdsong = {
  place: 'in this browser',
  permissions: {
    profile: 'See your name and picture',
    post: 'Post for you',
    read: 'See your posts',
    statistics: 'See your post statistics',
    stayConnected: 'Stay connected',
  },
};
