import type { createInvitation, listInvitations, listMembers, Role, revokeInvitation } from '@meanwhile/shared/contract/auth'
import type { eraseMember, listErasures } from '@meanwhile/shared/contract/erasures'
import type {
  changeMember,
  createPasswordReset,
  endTwoFactor,
  inviteByMail,
  removeMember,
} from '@meanwhile/shared/contract/members'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { transferOwnership } from '@meanwhile/shared/contract/workspaces'
import { type Answer, call, problemIn } from '../api.ts'

export type MemberHere = Answer<typeof listMembers>[number]

/** The members of the workspace and, for those who may invite, the invitation links that still work. Changes throw ApiError. */
export class People {
  members = $state.raw<MemberHere[] | undefined>()
  invitations = $state.raw<Answer<typeof listInvitations> | undefined>()
  /** The link that was just made: the server never shows it again. */
  made = $state.raw<Answer<typeof createInvitation> | null>(null)
  /** Accounts that admins deleted, and how far that is. */
  erasures = $state.raw<Answer<typeof listErasures>>([])
  problem = $state.raw<Problem | null>(null)
  readonly #canInvite: boolean

  constructor(canInvite: boolean) {
    this.#canInvite = canInvite
  }

  async load(): Promise<void> {
    this.problem = null
    try {
      const [members, invitations, erasures] = await Promise.all([
        call<typeof listMembers>('GET', '/api/members'),
        this.#canInvite ? call<typeof listInvitations>('GET', '/api/invitations') : [],
        this.#canInvite ? call<typeof listErasures>('GET', '/api/erasures') : [],
      ])
      this.members = members
      this.invitations = invitations
      this.erasures = erasures
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  async invite(): Promise<void> {
    this.made = await call<typeof createInvitation>('POST', '/api/invitations')
    this.invitations = [this.made, ...(this.invitations ?? [])]
  }

  /** Sends a link to each address. */
  async inviteByMail(emails: string[]): Promise<void> {
    const made = await call<typeof inviteByMail>('POST', '/api/invitations/mails', { body: { emails } })
    this.invitations = [...made, ...(this.invitations ?? [])]
  }

  async revoke(invitationId: string): Promise<void> {
    await call<typeof revokeInvitation>('DELETE', '/api/invitations/:invitationId', { params: { invitationId } })
    this.invitations = this.invitations?.filter(({ id }) => id !== invitationId)
    if (this.made?.id === invitationId) this.made = null
  }

  async setRole(userId: string, role: Exclude<Role, 'owner'>): Promise<void> {
    const changed = await call<typeof changeMember>('PATCH', '/api/members/:userId', { params: { userId }, body: { role } })
    this.members = this.members?.map((member) => (member.id === userId ? { ...member, ...changed } : member))
  }

  /** Removes somebody else; the invitation links end with it. */
  async remove(userId: string): Promise<void> {
    await call<typeof removeMember>('DELETE', '/api/members/:userId', { params: { userId } })
    this.members = this.members?.filter(({ id }) => id !== userId)
    this.invitations = []
    this.made = null
  }

  /** The link with which a member sets a new password: the server never shows it again. */
  async resetPassword(userId: string): Promise<string> {
    return (await call<typeof createPasswordReset>('POST', '/api/members/:userId/password-reset', { params: { userId } })).url
  }

  /** A member who has lost what makes codes signs in without one. */
  async endTwoFactor(userId: string): Promise<void> {
    await call<typeof endTwoFactor>('DELETE', '/api/members/:userId/two-factor', { params: { userId } })
    this.members = this.members?.map((member) => (member.id === userId ? { ...member, hasTwoFactor: false } : member))
  }

  /** Deletes the account of a member with all that they made; the password is that of the admin. */
  async erase(userId: string, password: string): Promise<void> {
    const body = { password, confirmation: 'delete' as const }
    await call<typeof eraseMember>('POST', '/api/members/:userId/erasure', { params: { userId }, body })
    this.members = this.members?.filter(({ id }) => id !== userId)
    this.invitations = []
    this.made = null
    this.erasures = await call<typeof listErasures>('GET', '/api/erasures')
  }

  async transfer(userId: string, password: string): Promise<void> {
    await call<typeof transferOwnership>('POST', '/api/workspace/transfer', { body: { userId, password } })
    await this.load()
  }
}
