import type {
  CandidateLanguage,
  changeInvitation,
  createInvitations,
  eraseInvitation,
  InvitationDraft,
  listInvitations,
  reopenAnswer,
} from '@meanwhile/shared/contract/candidate-invitations'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type * as z from 'zod'
import { call, type Input, problemIn } from '../api.ts'
import { followChanges } from '../follow-changes.ts'
import type { ShownInvitation } from './interview-words.ts'

export type Draft = z.input<typeof InvitationDraft>
/** Whether candidates get their link by mail, and in which language. */
export type Letters = { byMail: boolean; language: CandidateLanguage }
export type InvitationChange = Input<typeof changeInvitation>['body']

const all = '/api/positions/:positionId/invitations'
const one = '/api/candidate-invitations/:candidateId'

/** Throws ApiError. */
export const change = (candidateId: string, body: InvitationChange): Promise<ShownInvitation> =>
  call<typeof changeInvitation>('PATCH', one, { params: { candidateId }, body })

/** Throws ApiError. */
export const reopen = (candidateId: string, questionId: string, until: string): Promise<ShownInvitation> =>
  call<typeof reopenAnswer>('PUT', `${one}/answers/:questionId/reopened`, {
    params: { candidateId, questionId },
    body: { until },
  })

/** Throws ApiError. */
export async function erase(candidateId: string): Promise<void> {
  await call<typeof eraseInvitation>('DELETE', one, { params: { candidateId } })
}

/** Newest first; those who were invited together by their names. */
const inOrder = (invitations: readonly ShownInvitation[]) =>
  invitations.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || a.name.localeCompare(b.name))

/** The candidates of a position, newest first. */
export class Candidates {
  /** Undefined until the first answer. */
  all = $state.raw<ShownInvitation[] | undefined>()
  problem = $state.raw<Problem | null>(null)
  #turn = 0
  readonly #params: { positionId: string }

  constructor(positionId: string) {
    this.#params = { positionId }
  }

  async load(): Promise<void> {
    const turn = ++this.#turn
    try {
      const { items } = await call<typeof listInvitations>('GET', all, { params: this.#params })
      if (turn !== this.#turn) return
      this.all = inOrder(items)
      this.problem = null
    } catch (error) {
      if (turn === this.#turn) this.problem = problemIn(error)
    }
  }

  /** Reads them, and again whenever somebody may have answered, until the returned function is called. */
  follow(): () => void {
    void this.load()
    return followChanges(
      (type) => type === 'update' || type === 'reconnected',
      () => void this.load(),
    )
  }

  /** All of them or none, in the order of the drafts; letters to one who has no language are in that of all. Throws ApiError. */
  async invite(drafts: Draft[], { byMail, language }: Letters): Promise<ShownInvitation[]> {
    const candidates = drafts.map((draft) => ({ ...(byMail ? { language } : {}), ...draft }))
    const { items } = await call<typeof createInvitations>('POST', all, { params: this.#params, body: { candidates, byMail } })
    const made = new Set(items.map(({ id }) => id))
    this.#take(inOrder([...items, ...(this.all ?? []).filter(({ id }) => !made.has(id))]))
    return items
  }

  /** Throws ApiError. */
  async change(candidateId: string, body: InvitationChange): Promise<void> {
    const changed = await change(candidateId, body)
    this.#take(this.all?.map((each) => (each.id === candidateId ? changed : each)))
  }

  /** Throws ApiError. */
  async erase(candidateId: string): Promise<void> {
    await erase(candidateId)
    this.#take(this.all?.filter(({ id }) => id !== candidateId))
  }

  /** What is being read may be older than this. */
  #take(invitations: ShownInvitation[] | undefined) {
    this.#turn++
    this.all = invitations
  }
}
