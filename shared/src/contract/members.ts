import * as z from 'zod'
import { Email, Invitation, Member } from './auth.ts'
import { Empty, endpoint, IsoDate } from './endpoint.ts'

const MemberParams = z.object({ userId: z.uuid() })

export const changeMember = endpoint({
  method: 'PATCH',
  url: '/api/members/:userId',
  access: 'admin',
  schema: {
    summary: 'Change the role of a member (owner and admins); the owner stays until the ownership is transferred',
    tags: ['people'],
    params: MemberParams,
    body: z.object({ role: z.enum(['admin', 'member']) }),
    response: { 200: Member },
  },
})

export const removeMember = endpoint({
  method: 'DELETE',
  url: '/api/members/:userId',
  access: 'admin',
  schema: {
    summary: 'Remove a member (owner and admins), or leave the workspace by the own id',
    description:
      'What they wrote and recorded stays, with their name. When somebody is removed, every invitation link of the workspace is revoked.',
    tags: ['people'],
    params: MemberParams,
    response: { 204: Empty },
  },
})

export const createPasswordReset = endpoint({
  method: 'POST',
  url: '/api/members/:userId/password-reset',
  access: 'session',
  schema: {
    summary: 'Create a link with which a member sets a new password (owner and admins); it is shown this once',
    tags: ['people'],
    params: MemberParams,
    response: { 201: z.object({ url: z.url(), expiresAt: IsoDate }) },
  },
})

export const endTwoFactor = endpoint({
  method: 'DELETE',
  url: '/api/members/:userId/two-factor',
  access: 'session',
  schema: {
    summary: 'Turn off two-factor for a member who has lost their phone and recovery codes (owner and admins)',
    tags: ['people'],
    params: MemberParams,
    response: { 204: Empty },
  },
})

export const inviteByMail = endpoint({
  method: 'POST',
  url: '/api/invitations/mails',
  access: 'admin',
  schema: {
    summary: 'Send an invitation link of its own to each address (owner and admins)',
    description: 'Where this site sends no mail, the links are in the list of mails, for you to send.',
    tags: ['people'],
    body: z.object({ emails: z.array(Email).min(1).max(50) }),
    response: { 201: z.array(Invitation) },
  },
})
