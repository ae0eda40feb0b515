import * as z from 'zod'
import { Problem } from './problem.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Schema = {
  params?: z.ZodObject
  querystring?: z.ZodObject
  body?: z.ZodType
  response: Record<number, z.ZodType>
  summary: string
  tags: string[]
  description?: string
  consumes?: string[]
}

/** What an API token may be for. */
export const TokenScope = z
  .enum(['read', 'write', 'admin'])
  .describe('`read`: what its person sees. `write`: what they change. `admin`: what they may as an admin or the owner')
export type TokenScope = z.infer<typeof TokenScope>

/** Who gets through to a route: a token with this scope or a session; a session alone; or, `open`, somebody with neither, and no token. */
type Access = TokenScope | 'session' | 'open'

/** The `security` of a route: our plugin of sessions enforces it, the description of the API shows it. */
export function securityOf(access: Access): Record<string, string[]>[] {
  if (access === 'open') return []
  return access === 'session' ? [{ session: [] }] : [{ session: [] }, { token: [access] }]
}

/** What a route needs that says nothing itself. Changes of oneself are for sessions, so that no token opens the door to more. */
function usualAccess(method: Method, url: string): Access {
  if (url.startsWith('/api/auth/')) return 'open'
  if (method === 'GET') return 'read'
  return url.startsWith('/api/me/') ? 'session' : 'write'
}

/**
 * One route of the API: method, URL pattern and the schemas of what goes in and out. The server spreads it into
 * `app.route`; the web takes its type alone, so that no schema code reaches the browser.
 */
export const endpoint = <const M extends Method, const U extends string, const S extends Schema>({
  access,
  ...route
}: {
  method: M
  url: U
  /** Where it is not what `usualAccess` says. */
  access?: Access
  schema: S
}) => ({
  ...route,
  schema: {
    ...route.schema,
    security: securityOf(access ?? usualAccess(route.method, route.url)),
    response: { ...route.schema.response, '4xx': Problem } as S['response'],
  },
})

/** `Date` in code, ISO 8601 in UTC on the wire. */
export const IsoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
})

/** A page of a list; `nextCursor` is null on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** Media times are whole milliseconds from the start of the video. */
export const MediaMs = z.int().min(0).max(86_400_000)

export const Empty = z.null().describe('No content')

/** Text that people write. PostgreSQL cannot store a NUL character, nor half of a pair of surrogates in JSON. */
export const plainText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !text.includes('\0'), 'must not contain the NUL character')
    .refine((text) => !/\p{Surrogate}/u.test(text), 'must not contain half of a character')
