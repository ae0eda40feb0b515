import { ApiError, answerOf, apiHeaders, unreachable, viewerHeader } from '../../api.ts'

/** A request that has not moved a byte for this long is given up and made again. */
const stallMs = 30_000

/** The API refuses with a problem; a proxy that allows less than the API refuses with a page of its own, every time. */
function throwTooLarge(error: unknown): never {
  if (!(error instanceof ApiError) || error.code !== 'unreachable') throw error
  throw new ApiError({ type: '/problems/request-too-large', title: 'The request is too large', status: 413 }, { cause: error })
}

/** A request of a person whose upload is watched: only XMLHttpRequest says how far the bytes have come. Throws ApiError. */
export function sendForm(method: string, url: string, body: FormData, as: string, signal: AbortSignal): Promise<unknown> {
  return new Promise<unknown>((resolve, reject) => {
    const request = new XMLHttpRequest()
    let timer = setTimeout(giveUp, stallMs)
    function giveUp() {
      request.abort()
    }
    function moved() {
      clearTimeout(timer)
      timer = setTimeout(giveUp, stallMs)
    }
    function settled() {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
    }
    signal.addEventListener('abort', giveUp)
    request.upload.addEventListener('progress', moved)
    request.addEventListener('progress', moved)
    request.addEventListener('loadend', settled)
    request.addEventListener('load', () => {
      const answer = answerOf(new Response(request.responseText, { status: request.status }))
      resolve(request.status === 413 ? answer.catch(throwTooLarge) : answer)
    })
    request.addEventListener('error', () => reject(unreachable()))
    request.addEventListener('abort', () => reject(signal.aborted ? signal.reason : unreachable()))
    request.open(method, url)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader(viewerHeader, as)
    for (const [name, value] of Object.entries(apiHeaders)) request.setRequestHeader(name, value)
    request.send(body)
  })
}
