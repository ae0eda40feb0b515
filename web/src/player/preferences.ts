/** What this browser remembers of the player; speed, silences and captions belong to the person and are kept by the server. */
const prefix = 'meanwhile.player.'

type Name =
  | ('quality' | 'volume' | 'muted' | 'single-keys' | 'pause-to-write' | 'camera' | 'camera-size' | 'theatre')
  | ('even-loudness' | 'caption-language' | 'caption-size' | 'caption-ground')

/** Null when nothing is remembered, or where the browser forbids it. */
export function remembered(name: Name): string | null {
  try {
    return localStorage.getItem(prefix + name)
  } catch {
    return null
  }
}

export function remember(name: Name, value: string): void {
  try {
    localStorage.setItem(prefix + name, value)
  } catch {
    // A browser without storage forgets it; the player works all the same.
  }
}
