import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

/** Far more than the text of any recording. */
const mostBytes = 64 * 1024 ** 2

/** Sent nowhere else: an answer that names another address is an answer, and is not followed. */
type Send = { url: string; key: string | undefined; form: FormData; timeoutMs: number; signal: AbortSignal }

/**
 * Sends a form, with its length, and reads the answer. `fetch` would give up after five minutes without a first byte, which a processor may
 * well need. @throws when there is no whole answer in time, or the signal's reason
 */
export async function postForm({ url, key, form, timeoutMs, signal }: Send): Promise<Answer> {
  const serialized = new Request('http://form.invalid', { method: 'POST', body: form })
  const body = Buffer.from(await serialized.arrayBuffer())
  const send = url.startsWith('https:') ? secureRequest : plainRequest
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': serialized.headers.get('content-type') ?? '',
          'content-length': body.length,
          ...(key ? { authorization: `Bearer ${key}` } : {}),
        },
        signal: within,
      },
      (response) => {
        const chunks: Buffer[] = []
        let sizeBytes = 0
        response.on('data', (chunk: Buffer) => {
          sizeBytes += chunk.length
          if (sizeBytes > mostBytes) request.destroy(new Error('the answer is too large'))
          else chunks.push(chunk)
        })
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }),
        )
      },
    )
    request.on('error', (error) => reject(signal.aborted ? signal.reason : error))
    request.end(body)
  })
}
