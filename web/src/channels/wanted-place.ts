import { lastPlace, type Whose } from './last-place.ts'

/** The channel that an address names, as that of a page from which one came to record; null when it names none. */
export function placeIn(search: URLSearchParams): string | null {
  const named = search.get('channel')
  return named && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(named) ? named : null
}

/** Where this person posted last, when that still takes something new. */
export async function lastOpenPlace(whose: Whose): Promise<string | null> {
  const channelId = lastPlace(whose)
  if (!channelId) return null
  const { channelsOf } = await import('./channels.svelte.ts')
  const channels = channelsOf(whose.personId)
  await channels.load()
  // Without a network nobody knows: what is chosen is shown, and can be changed when it is sent.
  return channels.all && !channels.open.some(({ id }) => id === channelId) ? null : channelId
}
