const prefix = 'meanwhile.open.'

/** Somebody who came by an open link goes on in this browser by the path of their own link. A browser that keeps nothing asks again. */
export function rememberPath(token: string, path: string, store?: Pick<Storage, 'setItem'>): void {
  try {
    // Some browsers refuse even to name it.
    ;(store ?? localStorage).setItem(prefix + token, path)
  } catch {
    // The mail has the link, too.
  }
}

export function rememberedPath(token: string, store?: Pick<Storage, 'getItem'>): string | null {
  try {
    const path = (store ?? localStorage).getItem(prefix + token)
    return path?.startsWith('/i/') ? path : null
  } catch {
    return null
  }
}

/** Forgets whose path this is, or begins with it. */
export function forgetPath(store: Pick<Storage, 'length' | 'key' | 'getItem' | 'removeItem'>, path: string): void {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '')
  for (const key of keys) {
    const kept = key.startsWith(prefix) ? store.getItem(key) : null
    if (kept && `${path}/`.startsWith(`${kept}/`)) store.removeItem(key)
  }
}
