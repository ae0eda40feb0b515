import type { signOut as SignOut } from '@meanwhile/shared/contract/auth'
import { call } from '../api.ts'
import { mayLeave, navigate } from '../routes.ts'
import type { Session } from '../session.svelte.ts'

/** Ends the session in this browser. Throws ApiError. */
export async function signOut(session: Session): Promise<void> {
  if (!(await mayLeave())) return
  await call<typeof SignOut>('POST', '/api/auth/sign-out')
  void navigate('/sign-in')
  session.me = session.problem = null
}
