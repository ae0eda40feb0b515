const key = (candidateId: string) => `meanwhile.answers.${candidateId}`
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What a candidate has written and not saved, by question; it outlives the page and the browser. */
export class WrittenDrafts {
  readonly #given: Store | undefined
  readonly #key: string

  constructor(candidateId: string, store?: Store) {
    this.#given = store
    this.#key = key(candidateId)
  }

  // Some browsers refuse even to name theirs.
  get #store(): Store {
    return this.#given ?? localStorage
  }

  read(questionId: string): string | null {
    const text = this.#all()[questionId]
    return typeof text === 'string' ? text : null
  }

  /** Null forgets it. */
  keep(questionId: string, text: string | null): void {
    const { [questionId]: _, ...others } = this.#all()
    this.#write(text === null ? others : { ...others, [questionId]: text })
  }

  forgetAll(): void {
    this.#write({})
  }

  #all(): Record<string, unknown> {
    try {
      return JSON.parse(this.#store.getItem(this.#key) ?? '{}') as Record<string, unknown>
    } catch {
      return {}
    }
  }

  #write(all: Record<string, unknown>) {
    try {
      if (Object.keys(all).length > 0) this.#store.setItem(this.#key, JSON.stringify(all))
      else this.#store.removeItem(this.#key)
    } catch {
      // Without storage, or room in it, a draft lives as long as the page.
    }
  }
}
