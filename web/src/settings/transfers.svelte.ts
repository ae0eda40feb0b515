import type { finishImport } from '@meanwhile/shared/contract/imports'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { createExport, deleteTransfer, listTransfers } from '@meanwhile/shared/contract/transfers'
import { type Answer, call, problemIn } from '../api.ts'

export type ShownTransfer = Answer<typeof listTransfers>[number]

const everyMs = 2_000

export const isUnfinished = ({ state }: Pick<ShownTransfer, 'state'>) => state === 'waiting' || state === 'running'

/** Exports of the workspace. While one goes on it is asked how far it is. Changes throw ApiError. */
export class Transfers {
  all = $state.raw<ShownTransfer[] | undefined>()
  problem = $state.raw<Problem | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  readonly unfinished = $derived(this.all?.find(isUnfinished))

  async load(): Promise<void> {
    clearTimeout(this.#timer)
    try {
      this.all = await call<typeof listTransfers>('GET', '/api/transfers')
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
    if (this.unfinished) this.#timer = setTimeout(() => this.load(), everyMs)
  }

  /** Asks no more. */
  stop(): void {
    clearTimeout(this.#timer)
  }

  async export(): Promise<void> {
    await call<typeof createExport>('POST', '/api/exports')
    await this.load()
  }

  /** An import that failed goes on behind what it made, with the file that is there. */
  async retry({ id: transferId, partCount }: ShownTransfer): Promise<void> {
    const body = { parts: partCount }
    await call<typeof finishImport>('POST', '/api/imports/:transferId/finish', { params: { transferId }, body })
    await this.load()
  }

  async remove(transferId: string): Promise<void> {
    await call<typeof deleteTransfer>('DELETE', '/api/transfers/:transferId', { params: { transferId } })
    await this.load()
  }
}
