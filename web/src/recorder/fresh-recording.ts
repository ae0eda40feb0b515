let fresh: string | null = null

/** Remembers that this update was recorded here a moment ago. */
export function noteFresh(updateId: string): void {
  fresh = updateId
}

/** Whether the person comes straight from recording this update. True once: whoever comes back later comes to watch. */
export function takeFresh(updateId: string): boolean {
  const isFresh = fresh === updateId
  fresh = null
  return isFresh
}
