const key = 'meanwhile.post-to.'

export type Whose = { personId: string; workspaceId: string }
const keyOf = ({ personId, workspaceId }: Whose) => `${key}${personId}.${workspaceId}`

/** Where this person posted last in a workspace, in this browser: a channel, or null for the whole of it. */
export function lastPlace(whose: Whose): string | null {
  try {
    return localStorage.getItem(keyOf(whose)) || null
  } catch {
    return null
  }
}

export function rememberPlace(whose: Whose, channelId: string | null): void {
  try {
    localStorage.setItem(keyOf(whose), channelId ?? '')
  } catch {
    // A browser without storage begins with the whole workspace each time.
  }
}
