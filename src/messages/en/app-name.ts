/** What the app is called: as the page says, which `npm run configure` writes for a deployment with a name of its own (M-18). */
export const appName =
  globalThis.document?.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content || 'Content Planner';
