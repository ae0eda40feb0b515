import type { changeMe, Me, readMe, signOut } from '@meanwhile/shared/contract/auth'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { Rate } from '@meanwhile/shared/media/rates'
import { createContext } from 'svelte'
import { ApiError, call, problemIn, whenSignedOut } from './api.ts'
import { isGuarded, mayLeave, navigate } from './routes.ts'

/** Who is using this tab. Pages get it by `sessionHere()`. */
export class Session {
  /** Undefined until the first answer; null when signed out. */
  me = $state.raw<Me | null | undefined>()
  /** Why it is not known who is signed in. */
  problem = $state.raw<Problem | null>(null)

  #rateSaved: Promise<unknown> = Promise.resolve()

  constructor() {
    whenSignedOut(() => this.#end())
  }

  /** The person who is signed in. Only pages behind the sign-in may ask. */
  get viewer(): Me {
    if (!this.me) throw new Error('nobody is signed in')
    return this.me
  }

  async load(): Promise<void> {
    this.problem = null
    try {
      this.me = await call<typeof readMe>('GET', '/api/me')
    } catch (error) {
      if (error instanceof ApiError && error.code === 'signed-out') this.me = null
      else this.problem = problemIn(error)
    }
  }

  /** Remembers the speed at which this person watches. It counts at once; when saving fails it goes back and throws. */
  async setRate(rate: Rate): Promise<void> {
    const before = this.viewer
    if (before.rate === rate) return
    this.me = { ...before, rate }
    // One after the other, and only what still counts by then: two requests on their way could overtake each other.
    const save = async () => {
      if (this.me?.rate === rate) await call<typeof changeMe>('PATCH', '/api/me', { body: { rate } })
    }
    const saved = this.#rateSaved.then(save)
    this.#rateSaved = saved.catch(() => undefined)
    try {
      await saved
    } catch (error) {
      if (this.me?.rate === rate) this.me = { ...this.me, rate: before.rate }
      throw error
    }
  }

  async setName(name: string): Promise<void> {
    this.me = await call<typeof changeMe>('PATCH', '/api/me', { body: { name } })
  }

  async signOut(): Promise<void> {
    if (!(await mayLeave())) return
    await call<typeof signOut>('POST', '/api/auth/sign-out')
    void navigate('/sign-in')
    this.me = null
  }

  /** A session that ends in the middle of a recording must not take the page away. */
  #end() {
    if (!isGuarded()) this.me = null
  }
}

export const [sessionHere, provideSession] = createContext<Session>()
