type Place = { x: number; y: number }

/** Where a viewer moved the camera of a video to, for as long as the tab lives. */
const key = (videoId: string) => `meanwhile.camera.${videoId}`

export function keptPlace(videoId: string): Place | null {
  try {
    const [x, y] = (sessionStorage.getItem(key(videoId)) ?? '').split(' ').map(Number)
    return x !== undefined && y !== undefined && x >= 0 && y >= 0 && x <= 1 && y <= 1 ? { x, y } : null
  } catch {
    return null
  }
}

export function keepPlace(videoId: string, place: Place | null): void {
  try {
    if (place) sessionStorage.setItem(key(videoId), `${place.x} ${place.y}`)
    else sessionStorage.removeItem(key(videoId))
  } catch {
    // Without storage it lasts as long as the page.
  }
}
