const CHANNEL = 'erase';

/** Tells the other tabs that everything was erased: what they hold in memory would else be written down again. */
export function announceErased(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('erased');
  channel.close();
}

/** Calls `leave` when another tab has erased everything. */
export function onErasedElsewhere(leave: () => void): void {
  new BroadcastChannel(CHANNEL).addEventListener('message', leave);
}
