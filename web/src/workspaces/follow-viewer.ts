import type { readMe } from '@meanwhile/shared/contract/auth'
import { ApiError, call } from '../api.ts'
import { isGuarded } from '../routes.ts'
import type { Session } from '../session.svelte.ts'

/** Asks who this person is here by now, and begins anew where that is another workspace, or none. A recording is not interrupted. */
export async function followViewer(session: Session): Promise<void> {
  const before = session.me
  if (!before || isGuarded()) return
  try {
    const { role, workspace } = await call<typeof readMe>('GET', '/api/me')
    if (isGuarded() || !session.me) return
    if (workspace.id !== before.workspace.id) location.assign('/')
    else session.me = { ...session.me, role, workspace }
  } catch (error) {
    // A session that has ended is heard of by itself; a server that is away comes back.
    if (error instanceof ApiError && error.code === 'no-workspace' && !isGuarded()) await session.load()
  }
}
