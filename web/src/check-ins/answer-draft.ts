/** What somebody is about to answer. */
export type Begun = { texts: Record<string, string>; numbers: Record<string, number | undefined>; isBlocked: boolean }
type Kept = { roundId: string; begun: Begun }

const most = 20

/** Whether there is anything in it to be sent. */
export const saysSomething = ({ texts, numbers, isBlocked }: Begun): boolean =>
  isBlocked ||
  Object.values(texts).some((text) => text.trim() !== '') ||
  Object.values(numbers).some((number) => number !== undefined)

/** What somebody began to answer to a round and has not sent; it outlives the page and the browser. */
export class AnswerDraft {
  readonly #key: string
  readonly #roundId: string

  constructor(viewerId: string, roundId: string) {
    this.#key = `meanwhile.answers.${viewerId}`
    this.#roundId = roundId
  }

  read(): Begun | null {
    return this.#all().find(({ roundId }) => roundId === this.#roundId)?.begun ?? null
  }

  keep(begun: Begun | null): void {
    const others = this.#all().filter(({ roundId }) => roundId !== this.#roundId)
    const drafts = begun ? [...others, { roundId: this.#roundId, begun }].slice(-most) : others
    try {
      if (drafts.length > 0) localStorage.setItem(this.#key, JSON.stringify(drafts))
      else localStorage.removeItem(this.#key)
    } catch {
      // Without storage, or room in it, a draft lives as long as the page.
    }
  }

  #all(): Kept[] {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? '[]') as Kept[]
    } catch {
      return []
    }
  }
}
