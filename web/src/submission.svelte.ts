import type { Problem } from '@meanwhile/shared/contract/problem'
import { problemIn } from './api.ts'

/** One form or button that sends something: whether it is on its way, and what was wrong with it. */
export class Submission {
  busy = $state(false)
  problem = $state.raw<Problem | null>(null)

  /** True when it went through. A second press while it is on its way does nothing. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.problem = null
    try {
      await work()
      return true
    } catch (error) {
      this.problem = problemIn(error)
      return false
    } finally {
      this.busy = false
    }
  }

  /** What is wrong with one field. */
  about(field: string): string | undefined {
    return this.problem?.errors?.find((error) => error.field === field)?.message
  }

  /** The problem, unless the named fields say all of it. */
  beyond(fields: string[]): Problem | null {
    const said = this.problem?.errors?.length && this.problem.errors.every((error) => fields.includes(error.field))
    return said ? null : this.problem
  }
}
