/** What waits while somebody writes or records: they would lose what they are at. */
export class Hold {
  #on = false
  #then: (() => void) | null = null

  get on(): boolean {
    return this.#on
  }
  /** @param then what is done when it ends, unless something else has come up by then */
  begin(then: (() => void) | null): void {
    this.#on = true
    this.#then = then
  }
  /** Does it now, or when nobody is held up by it any more. */
  pass(then: () => void): void {
    if (this.#on) this.#then = then
    else then()
  }
  /** Somebody went elsewhere: nothing is to be done at its end. */
  forget(): void {
    this.#then = null
  }
  end(): void {
    const then = this.#then
    this.#on = false
    this.#then = null
    then?.()
  }
}
