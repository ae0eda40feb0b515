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

/** The video element that came with the page of this update and loads already; else a new one. */
export function takeVideo(updateId: string): HTMLVideoElement {
  const early = document.querySelector<HTMLVideoElement>('video[data-update]')
  early?.remove()
  if (early?.dataset.update !== updateId) return document.createElement('video')
  early.removeAttribute('data-update')
  return early
}
