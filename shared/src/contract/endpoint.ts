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

/**
 * One route of the API: method, URL pattern and the schemas of what goes in and out. The server spreads it into
 * `app.route`; the web takes its type alone, so that no schema code reaches the browser.
 */
export const endpoint = <const M extends Method, const U extends string, const S extends Schema>(route: {
  method: M
  url: U
  schema: S
}) => ({
  ...route,
  schema: { ...route.schema, response: { ...route.schema.response, '4xx': Problem } as S['response'] },
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
