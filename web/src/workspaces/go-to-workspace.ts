import type { switchWorkspace } from '@meanwhile/shared/contract/workspaces'
import { call } from '../api.ts'
import { mayLeave } from '../routes.ts'

/** Opens a path in another workspace: everything on the page is of the one before, so it is loaded anew. Throws ApiError. */
export async function goToWorkspace(workspaceId: string, path: string): Promise<void> {
  if (!(await mayLeave())) return
  await call<typeof switchWorkspace>('PUT', '/api/me/workspace', { body: { workspaceId } })
  location.assign(path)
}
