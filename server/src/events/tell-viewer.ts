import type { Db } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'

/**
 * Tells a person's open tabs that who they are here has changed: their streams end, and they ask who is signed in.
 * @param workspaceId one that they are or were in; all of their streams hear it, wherever these are
 */
export const tellViewer = (tx: Db, workspaceId: string, userId: string): Promise<void> =>
  notify(tx, workspaceId, { type: 'viewer' }, { userId })
