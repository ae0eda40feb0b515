import { type Db, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { eq, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import type { Viewer } from '../session.ts'
import type { UpdateRow } from './access.ts'
import { auditTarget } from './audit-target.ts'

const { updates } = schema

/** What is kept is taken away by no rule. The same again changes nothing. */
export const setKept = (db: Db, update: UpdateRow, isKept: boolean, actor: Viewer, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    if ((update.keptAt !== null) === isKept) return
    const keptAt = isKept ? sql`now()` : null
    await tx.update(updates).set({ keptAt, warnedAt: null }).where(eq(updates.id, update.id))
    const action = isKept ? 'update.kept' : 'update.kept-no-more'
    await recordAudit(tx, { actor, action, target: await auditTarget(tx, update), from })
    await notify(tx, update.workspaceId, { type: 'update', updateId: update.id })
    await notify(tx, update.workspaceId, { type: 'notification' }, { userId: update.authorId })
  })
