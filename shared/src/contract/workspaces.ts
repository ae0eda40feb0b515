import * as z from 'zod'
import { Me, PresentPassword, Role } from './auth.ts'
import { Empty, endpoint } from './endpoint.ts'
import { Name } from './name.ts'

export const Membership = z
  .object({ id: z.uuid(), name: z.string(), role: Role, isCurrent: z.boolean().describe('The one that this session is for') })
  .meta({ id: 'Membership' })
export type Membership = z.infer<typeof Membership>

export const listWorkspaces = endpoint({
  method: 'GET',
  url: '/api/me/workspaces',
  access: 'session',
  schema: {
    summary: 'The workspaces of who is signed in',
    tags: ['people'],
    response: {
      200: z.object({ items: z.array(Membership), canCreate: z.boolean().describe('Whether this person may create another') }),
    },
  },
})

export const switchWorkspace = endpoint({
  method: 'PUT',
  url: '/api/me/workspace',
  schema: {
    summary: 'Go to another workspace: from now on the requests of this session are for it',
    tags: ['people'],
    body: z.object({ workspaceId: z.uuid() }),
    response: { 200: Me },
  },
})

export const createWorkspace = endpoint({
  method: 'POST',
  url: '/api/workspaces',
  access: 'session',
  schema: {
    summary: 'Create a workspace as its owner, and go there',
    tags: ['people'],
    body: z.object({ name: Name.meta({ example: 'Engines' }) }),
    response: { 201: Me },
  },
})

export const joinWorkspace = endpoint({
  method: 'POST',
  url: '/api/invitations/by-token/:token',
  access: 'session',
  schema: {
    summary: 'Join the workspace of an invitation link with the account that is signed in, and go there',
    tags: ['people'],
    params: z.object({ token: z.string().max(100) }),
    response: { 200: Me },
  },
})

export const transferOwnership = endpoint({
  method: 'POST',
  url: '/api/workspace/transfer',
  access: 'session',
  schema: {
    summary: 'Make another member the owner (owner only); who was it becomes an admin',
    tags: ['people'],
    body: z.object({ userId: z.uuid(), password: PresentPassword }),
    response: { 204: Empty },
  },
})
