import type { deleteTemplate, InterviewTemplate, listTemplates } from '@meanwhile/shared/contract/interviews'
import type { createPosition, listPositions, Position } from '@meanwhile/shared/contract/positions'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, type Input, problemIn, type Wire } from '../api.ts'
import { followChanges } from '../follow-changes.ts'

export type ShownPosition = Wire<typeof Position>
export type ShownTemplate = Wire<typeof InterviewTemplate>

/** The positions that this person has a role in, and what others can begin with. */
export class Positions {
  /** Undefined until the first answer. */
  all = $state.raw<ShownPosition[] | undefined>()
  templates = $state.raw<ShownTemplate[]>([])
  problem = $state.raw<Problem | null>(null)
  #turn = 0

  get open(): ShownPosition[] {
    return (this.all ?? []).filter(({ closedAt }) => closedAt === null)
  }
  get closed(): ShownPosition[] {
    return (this.all ?? []).filter(({ closedAt }) => closedAt !== null)
  }

  async load(): Promise<void> {
    const turn = ++this.#turn
    try {
      const [{ items }, templates] = await Promise.all([
        call<typeof listPositions>('GET', '/api/positions'),
        call<typeof listTemplates>('GET', '/api/interview-templates'),
      ])
      if (turn !== this.#turn) return
      this.all = items
      this.templates = templates.items
      this.problem = null
    } catch (error) {
      if (turn === this.#turn) this.problem = problemIn(error)
    }
  }

  /** Reads them, and again whenever candidates may have answered, until the returned function is called. */
  follow(): () => void {
    void this.load()
    return followChanges(
      (type) => type === 'update' || type === 'reconnected',
      () => void this.load(),
    )
  }

  /** Throws ApiError. */
  async removeTemplate(templateId: string): Promise<void> {
    await call<typeof deleteTemplate>('DELETE', '/api/interview-templates/:templateId', { params: { templateId } })
    this.templates = this.templates.filter(({ id }) => id !== templateId)
  }
}

/** Throws ApiError. */
export const create = (body: Input<typeof createPosition>['body']): Promise<ShownPosition> =>
  call<typeof createPosition>('POST', '/api/positions', { body })
