import type {
  Agreement,
  AgreementContent,
  AgreementPerson,
  changeAgreement,
  listAgreementPeople,
  readAgreement,
} from '@meanwhile/shared/contract/agreement'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { readPromises } from '@meanwhile/shared/contract/promises'
import type { readUrgentLedger } from '@meanwhile/shared/contract/urgents'
import { type Answer, call, problemIn, type Wire } from '../api.ts'

export type Content = Wire<typeof AgreementContent>
export type PersonAtWork = Wire<typeof AgreementPerson>
export type Report = Answer<typeof readPromises>
export type UrgentLedger = Answer<typeof readUrgentLedger>

const pageSize = 100

/** What the team has agreed on, as this page knows it. */
export class TeamAgreement {
  /** Undefined until the first answer. */
  now = $state.raw<Wire<typeof Agreement> | undefined>()
  people = $state.raw<PersonAtWork[]>([])
  report = $state.raw<Report | null>(null)
  urgents = $state.raw<UrgentLedger>([])
  problem = $state.raw<Problem | null>(null)
  #cursor = $state.raw<string | null>(null)

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  async load(): Promise<void> {
    this.problem = null
    try {
      const [now] = await Promise.all([call<typeof readAgreement>('GET', '/api/agreement'), this.#read(null)])
      this.now = now
      this.report = await call<typeof readPromises>('GET', '/api/agreement/promises', { querystring: {} })
      this.urgents = await call<typeof readUrgentLedger>('GET', '/api/workspace/urgents')
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** The next page of people. */
  async more(): Promise<void> {
    this.problem = null
    try {
      await this.#read(this.#cursor)
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  async #read(cursor: string | null) {
    const querystring = cursor ? { limit: pageSize, cursor } : { limit: pageSize }
    const page = await call<typeof listAgreementPeople>('GET', '/api/agreement/people', { querystring })
    this.people = cursor ? [...this.people, ...page.items] : page.items
    this.#cursor = page.nextCursor
  }

  /** @throws {ApiError} `agreement-changed` when somebody changed it since it was read */
  async change(content: Content): Promise<void> {
    const { replies, contacts, meetings } = content
    const body = { replies, contacts, meetings, version: this.now?.version ?? 0 }
    this.now = await call<typeof changeAgreement>('PUT', '/api/agreement', { body })
  }
}
