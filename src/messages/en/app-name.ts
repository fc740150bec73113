/** The app's name, read from the page, where `npm run configure` writes it for a deployment with its own name (M-18). */
export const appName =
  globalThis.document?.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content || 'Content Planner';
