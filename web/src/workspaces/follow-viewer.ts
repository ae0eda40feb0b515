import { isGuarded } from '../routes.ts'
import type { Session } from '../session.svelte.ts'

/** Asks who this person is here by now, and begins anew where that is another workspace, or none. A recording is not interrupted. */
export async function followViewer(session: Session): Promise<void> {
  const before = session.me?.workspace.id
  if (!before || isGuarded()) return
  await session.load()
  if (session.me && session.me.workspace.id !== before) location.assign('/')
}
