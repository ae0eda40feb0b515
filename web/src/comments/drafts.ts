/** Comments that were begun and not posted, per update, for as long as the tab lives. */
const key = (updateId: string) => `meanwhile.draft.${updateId}`

export function draftOf(updateId: string): string {
  try {
    return sessionStorage.getItem(key(updateId)) ?? ''
  } catch {
    return ''
  }
}

export function keepDraft(updateId: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(key(updateId), text)
    else sessionStorage.removeItem(key(updateId))
  } catch {
    // Without storage the draft lives as long as the page.
  }
}
