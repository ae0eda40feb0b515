import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type SQLWrapper, sql } from 'drizzle-orm'
import * as z from 'zod'

/** A moment that PostgreSQL takes too: ISO 8601 knows a year 0, it does not. */
export const CursorTime = z.iso.datetime().refine((text) => Date.parse(text) > 0)

const Cursor = z.tuple([CursorTime, z.uuid()])
export type Cursor = z.infer<typeof Cursor>

export const encodeCursor = (parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')

/** @throws {ProblemError} `invalid-request` for a text that is not a cursor of this shape */
export function decodeCursor<T>(text: string, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    throw new ProblemError('invalid-request', undefined, {
      errors: [{ field: 'cursor', message: 'is not a cursor of this list' }],
    })
  }
}

/** Of a list that is newest first: where the next page starts, behind this row. */
export const cursorOf = ({ createdAt, id }: { createdAt: Date; id: string }): string =>
  encodeCursor([createdAt.toISOString(), id])

/** @throws {ProblemError} `invalid-request` */
export const parseCursor = (text: string): Cursor => decodeCursor(text, Cursor)

export const isBefore = ([createdAt, id]: Cursor, table: { createdAt: SQLWrapper; id: SQLWrapper }) =>
  sql`(${table.createdAt}, ${table.id}) < (${createdAt}::timestamptz, ${id}::uuid)`
