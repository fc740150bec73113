/** Shortens a claim of the server so that it fits beside verified information (UI-2). */
export function capped(claim: string, longest = 80): string {
  const characters = Array.from(claim.slice(0, longest * 2 + 2));
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : claim;
}
