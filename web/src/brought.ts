/** Answers of the API that came with the page, by their address. */
const element = globalThis.document?.getElementById('answers')
const answers: Record<string, unknown> = element ? JSON.parse(element.textContent) : {}

/** Whoever asks later wants to know what is new. */
const freshMs = 10_000

/** The answer to the first request for this address, when it came with the page and is still fresh; else undefined. */
export function takeBrought(url: string): unknown {
  const answer = performance.now() < freshMs ? answers[url] : undefined
  delete answers[url]
  return answer
}

const earlyVideo = () => document.querySelector<HTMLVideoElement>('video[data-update]')

/** So long the page may wait for its picture, in ms: on a slow network it comes without. */
const pictureMs = 1_000

/**
 * Resolves when the video that came with the page shows its first frame, at once where none came. To draw the page takes a slow device
 * as long as to decode that frame, which would wait behind it. Some browsers show none before somebody presses Play: they say that
 * they stop loading.
 */
export const firstFrame = () =>
  new Promise<unknown>((resolve) => {
    const early = earlyVideo()
    if (!early || early.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return resolve(early)
    for (const event of ['loadeddata', 'suspend', 'error']) early.addEventListener(event, resolve)
    for (const event of ['keydown', 'pointerdown']) addEventListener(event, resolve)
    setTimeout(resolve, pictureMs)
  })

/** The video element that came with the page of this update and loads already; else a new one. */
export function takeVideo(updateId: string): HTMLVideoElement {
  const early = earlyVideo()
  early?.remove()
  if (early?.dataset.update !== updateId) return document.createElement('video')
  early.removeAttribute('data-update')
  return early
}
