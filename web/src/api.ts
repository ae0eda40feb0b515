import type { InvitationHeader } from '@meanwhile/shared/contract/invitation-header'
import type { Problem, ProblemCode } from '@meanwhile/shared/contract/problem'
import type { ShareHeader } from '@meanwhile/shared/contract/share-header'
import type { ViewerHeader } from '@meanwhile/shared/contract/viewer-header'
import type * as z from 'zod'
import { takeBrought } from './brought.ts'
import { say } from './words.ts'

/** What a schema looks like as JSON: dates are ISO 8601 strings. `Wire<typeof Update>` is an update as it arrives here. */
export type Wire<S extends z.ZodType> = z.input<S>

type Endpoint = {
  method: string
  url: string
  schema: { params?: z.ZodType; querystring?: z.ZodType; body?: z.ZodType; response: Record<number, z.ZodType> }
}
type Part<E extends Endpoint, K extends 'params' | 'querystring' | 'body'> =
  E['schema'] extends Record<K, infer S extends z.ZodType> ? { [key in K]: z.input<S> } : unknown
type Success<R> = { [status in keyof R]: `${status & number}` extends `2${string}` ? R[status] : never }[keyof R]

/** `as` is the id of the person on whose behalf: with the session of another the request is refused as `signed-out`. */
type Circumstances = { signal?: AbortSignal; as?: string }
/** What an endpoint is asked with. */
export type Input<E extends Endpoint> = Part<E, 'params'> & Part<E, 'querystring'> & Part<E, 'body'> & Circumstances
/** What an endpoint answers when it succeeds, as JSON. */
export type Answer<E extends Endpoint> = z.input<Extract<Success<E['schema']['response']>, z.ZodType>>

/** Every failed request ends in one of these; `problem.title` and `problem.detail` are written for people. */
export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail ?? problem.title, options)
    this.name = 'ApiError'
    this.problem = problem
  }
  /** The last part of the problem's type; `unreachable` when no answer came at all. */
  get code(): ProblemCode | 'unreachable' {
    return this.problem.type.replace('/problems/', '') as ProblemCode | 'unreachable'
  }
}

export const viewerHeader: ViewerHeader = 'meanwhile-viewer'

/** What every request says: on a shared page the link by which its guest came, on that of a candidate their invitation. */
export const apiHeaders: Partial<Record<ShareHeader | InvitationHeader, string>> = {}

let noticeSignedOut = () => {}
/** Says who is told when any request is refused because the session has ended. */
export function whenSignedOut(listener: () => void): void {
  noticeSignedOut = listener
}

/** The error for a request that got no answer, or one that is not from this API (a proxy's error page). */
export const unreachable = (cause?: unknown): ApiError =>
  new ApiError(
    {
      type: '/problems/unreachable',
      title: say('unreachable'),
      detail: say('unreachable.next'),
      status: 0,
    },
    { cause },
  )

/** What to show for anything that was thrown: the problem itself, or a plain one without technical words. */
export function problemIn(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem
  return { type: '/problems/internal', title: say('unknown'), detail: say('unknown.next'), status: 0 }
}

/** `/api/videos/:videoId` with its parameters and query filled in, each of them encoded. */
export function urlFor(pattern: string, params: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return search ? `${path}?${search}` : path
}

/** The JSON of an answer, null for 204; throws the ApiError that it carries. For requests that `call` cannot make. */
export async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null
  const json: unknown = await response.json().catch((cause) => {
    throw unreachable(cause)
  })
  if (response.ok) return json
  if (typeof json !== 'object' || json === null || !('type' in json) || !('title' in json)) throw unreachable()
  const error = new ApiError(json as Problem)
  if (error.code === 'signed-out') noticeSignedOut()
  throw error
}

type Request = { body?: unknown; signal?: AbortSignal | undefined; as?: string | undefined }

/** A server that has not answered by then is not going to: whoever waits for it may try again. */
const answerLimitMs = 30_000

async function request(method: string, url: string, { body, signal, as }: Request = {}): Promise<unknown> {
  const brought = method === 'GET' ? takeBrought(url) : undefined
  if (brought !== undefined) return brought
  const headers: Record<string, string> = { ...apiHeaders, accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (as !== undefined) headers[viewerHeader] = as
  const limit = new AbortController()
  const either = signal ? AbortSignal.any([signal, limit.signal]) : limit.signal
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: either }
  if (body !== undefined) init.body = JSON.stringify(body)
  const timer = setTimeout(() => limit.abort(), answerLimitMs)
  try {
    const response = await fetch(url, init).catch((cause) => {
      throw signal?.aborted ? cause : unreachable(cause)
    })
    return await answerOf(response)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * One request of the API, typed by its endpoint: `call<typeof readUpdate>('GET', '/api/updates/:updateId', { params })`.
 * Only the endpoint's type is imported, so no schema code reaches the browser. Throws ApiError.
 */
export async function call<E extends Endpoint>(
  method: E['method'],
  url: E['url'],
  ...[input]: Record<string, never> extends Input<E> ? [input?: Input<E>] : [input: Input<E>]
): Promise<Answer<E>> {
  const { params, querystring, body, signal, as } = (input ?? {}) as Request &
    Record<'params' | 'querystring', Record<string, unknown>>
  return (await request(method, urlFor(url, params, querystring), { body, signal, as })) as Answer<E>
}
