import type { CandidateSheet, readInvitation } from '@meanwhile/shared/contract/candidate-invitations'
import type { InterviewContent } from '@meanwhile/shared/contract/interviews'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, problemIn, type Wire } from '../api.ts'
import { followChanges } from '../follow-changes.ts'
import { change, erase, type InvitationChange, reopen } from './candidates.svelte.ts'

/** What is asked arrives whole. */
export type ShownSheet = Omit<Wire<typeof CandidateSheet>, 'content'> & { content: InterviewContent }
export type ShownAnswer = ShownSheet['answers'][number]

/** One candidate with what they handed in. */
export class OneCandidate {
  sheet = $state.raw<ShownSheet | undefined>()
  problem = $state.raw<Problem | null>(null)
  #turn = 0
  readonly #invitationId: string

  constructor(invitationId: string) {
    this.#invitationId = invitationId
  }

  async load(): Promise<void> {
    const turn = ++this.#turn
    try {
      const params = { candidateId: this.#invitationId }
      const sheet = await call<typeof readInvitation>('GET', '/api/candidate-invitations/:candidateId', { params })
      if (turn !== this.#turn) return
      this.sheet = sheet as ShownSheet
      this.problem = null
    } catch (error) {
      if (turn === this.#turn) this.problem = problemIn(error)
    }
  }

  /** Reads it, and again whenever something changes that it shows, until the returned function is called. */
  follow(): () => void {
    void this.load()
    return followChanges(
      (type) => type === 'update' || type === 'video' || type === 'comment' || type === 'reconnected',
      () => void this.load(),
    )
  }

  /** Throws ApiError. */
  async change(_: string, body: InvitationChange): Promise<void> {
    const invitation = await change(this.#invitationId, body)
    if (this.sheet) this.sheet = { ...this.sheet, invitation }
  }

  /** Throws ApiError. */
  reopen = async (questionId: string, until: string): Promise<void> => {
    const invitation = await reopen(this.#invitationId, questionId, until)
    if (this.sheet) this.sheet = { ...this.sheet, invitation }
  }

  /** Throws ApiError. */
  erase = (): Promise<void> => erase(this.#invitationId)
}
