const key = 'meanwhile.post-to.'

/** Where this person posted last in this browser: a channel, or null for the whole workspace. */
export function lastPlace(personId: string): string | null {
  try {
    return localStorage.getItem(key + personId) || null
  } catch {
    return null
  }
}

export function rememberPlace(personId: string, channelId: string | null): void {
  try {
    localStorage.setItem(key + personId, channelId ?? '')
  } catch {
    // A browser without storage begins with the whole workspace each time.
  }
}
