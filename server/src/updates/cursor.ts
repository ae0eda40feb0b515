import { ProblemError } from '@meanwhile/shared/contract/problem'
import { schema } from '@meanwhile/shared/db/client'
import { sql } from 'drizzle-orm'
import * as z from 'zod'

const { updates } = schema

const Cursor = z.tuple([z.iso.datetime(), z.uuid()])
export type Cursor = z.infer<typeof Cursor>

/** Where the next page starts: behind this update. */
export const cursorOf = ({ createdAt, id }: { createdAt: Date; id: string }): string =>
  Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString('base64url')

/** @throws {ProblemError} `invalid-request` for a text that is not one of our cursors */
export function parseCursor(text: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    throw new ProblemError('invalid-request', undefined, {
      errors: [{ field: 'cursor', message: 'is not a cursor of this list' }],
    })
  }
}

export const isBefore = ([createdAt, id]: Cursor) =>
  sql`(${updates.createdAt}, ${updates.id}) < (${createdAt}::timestamptz, ${id}::uuid)`
