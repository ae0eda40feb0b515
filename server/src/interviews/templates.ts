import type { InterviewTemplate } from '@meanwhile/shared/contract/interviews'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, asc, eq } from 'drizzle-orm'
import type { Viewer } from '../session.ts'
import { newestInterview } from './versions.ts'

const { interviewTemplates } = schema
type TemplateRow = typeof interviewTemplates.$inferSelect

const mayDelete = ({ createdById }: TemplateRow, { id, role }: Viewer) => createdById === id || role !== 'member'

const told = (row: TemplateRow, viewer: Viewer): InterviewTemplate => ({
  id: row.id,
  name: row.name,
  questions: row.content.questions.length,
  createdAt: row.createdAt,
  canDelete: mayDelete(row, viewer),
})

export async function templatesFor(db: Db, viewer: Viewer): Promise<InterviewTemplate[]> {
  const rows = await db
    .select()
    .from(interviewTemplates)
    .where(eq(interviewTemplates.workspaceId, viewer.workspace.id))
    .orderBy(asc(interviewTemplates.name), asc(interviewTemplates.createdAt))
  return rows.map((row) => told(row, viewer))
}

/** Keeps the newest version of a position's interview; the right to do so was decided before. */
export async function addTemplate(db: Db, viewer: Viewer, { name, positionId }: { name: string; positionId: string }) {
  const { content, videoIds } = await newestInterview(db, positionId)
  const row = { workspaceId: viewer.workspace.id, name, content, videoIds, createdById: viewer.id }
  return told(one(await db.insert(interviewTemplates).values(row).returning()), viewer)
}

/** @throws {ProblemError} `not-found` */
export async function requireTemplate(db: Db, templateId: string, viewer: Viewer): Promise<TemplateRow> {
  const isIt = and(eq(interviewTemplates.id, templateId), eq(interviewTemplates.workspaceId, viewer.workspace.id))
  const [row] = await db.select().from(interviewTemplates).where(isIt)
  if (!row) throw new ProblemError('not-found')
  return row
}

/** @throws {ProblemError} `not-found` or `forbidden` */
export async function removeTemplate(db: Db, templateId: string, viewer: Viewer): Promise<void> {
  const row = await requireTemplate(db, templateId, viewer)
  if (!mayDelete(row, viewer)) throw new ProblemError('forbidden', 'Only who made it or an admin can delete it.')
  await db.delete(interviewTemplates).where(eq(interviewTemplates.id, row.id))
}
