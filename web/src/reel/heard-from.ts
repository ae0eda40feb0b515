type Playable = { videoId: string | null }

/** What of it can be heard: a text cannot. */
export const heardOf = <T extends Playable>(items: readonly T[]): T[] => items.filter(({ videoId }) => videoId !== null)

/** Which of what can be heard comes at or after a place among all of it; the first one where nothing does. */
export function heardFrom(items: readonly Playable[], index: number): number {
  const before = heardOf(items.slice(0, index)).length
  return before < heardOf(items).length ? before : 0
}
