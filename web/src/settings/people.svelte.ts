import type { createInvitation, listInvitations, listMembers, revokeInvitation } from '@meanwhile/shared/contract/auth'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Answer, call, problemIn } from '../api.ts'

/** The members of the workspace and, for those who may invite, the invitation links that still work. */
export class People {
  members = $state.raw<Answer<typeof listMembers> | undefined>()
  invitations = $state.raw<Answer<typeof listInvitations> | undefined>()
  /** The link that was just made: the server never shows it again. */
  made = $state.raw<Answer<typeof createInvitation> | null>(null)
  problem = $state.raw<Problem | null>(null)
  readonly #canInvite: boolean

  constructor(canInvite: boolean) {
    this.#canInvite = canInvite
  }

  async load(): Promise<void> {
    this.problem = null
    try {
      const [members, invitations] = await Promise.all([
        call<typeof listMembers>('GET', '/api/members'),
        this.#canInvite ? call<typeof listInvitations>('GET', '/api/invitations') : [],
      ])
      this.members = members
      this.invitations = invitations
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  async invite(): Promise<void> {
    this.made = await call<typeof createInvitation>('POST', '/api/invitations')
    this.invitations = [this.made, ...(this.invitations ?? [])]
  }

  async revoke(invitationId: string): Promise<void> {
    await call<typeof revokeInvitation>('DELETE', '/api/invitations/:invitationId', { params: { invitationId } })
    this.invitations = this.invitations?.filter(({ id }) => id !== invitationId)
    if (this.made?.id === invitationId) this.made = null
  }
}
