import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq } from 'drizzle-orm'
import type { Viewer } from '../session.ts'

const { replacedMeetings } = schema
export type MeetingRow = typeof replacedMeetings.$inferSelect

/** For the owner and admins; nobody else changes it until the transaction ends. @throws {ProblemError} `not-found` */
export async function requireMeeting(tx: Db, meetingId: string, { workspace }: Viewer): Promise<MeetingRow> {
  const isIt = and(eq(replacedMeetings.id, meetingId), eq(replacedMeetings.workspaceId, workspace.id))
  const [meeting] = await tx.select().from(replacedMeetings).where(isIt).for('update')
  if (!meeting) throw new ProblemError('not-found')
  return meeting
}
