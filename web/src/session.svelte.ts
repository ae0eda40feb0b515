import type { Me, readMe } from '@meanwhile/shared/contract/auth'
import type { PlaybackChoice } from '@meanwhile/shared/contract/playback'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { createContext } from 'svelte'
import { call, problemIn, whenSignedOut } from './api.ts'
import { isGuarded } from './routes.ts'
import type { GuestPart } from './share/guest-part.svelte.ts'
import { untilLoaded } from './ui/until-loaded.ts'

/** Who is using this tab. Pages get it by `sessionHere()`. */
export class Session {
  /** Undefined until the first answer; null when signed out, or in no workspace, which the problem then says. */
  me = $state.raw<Me | null | undefined>()
  /** On a shared page: the part of its guest. */
  declare readonly guest?: GuestPart
  /** Why it is not known who is signed in, or where. */
  problem = $state.raw<Problem | null>(null)

  constructor() {
    whenSignedOut(() => this.#end())
  }

  /** The person who is signed in. Only pages behind the sign-in may ask. */
  get viewer(): Me {
    if (!this.me) throw new Error('nobody is signed in')
    return this.me
  }

  async load(): Promise<void> {
    try {
      this.me = await call<typeof readMe>('GET', '/api/me')
      this.problem = null
    } catch (error) {
      const problem = problemIn(error)
      if (problem.status === 401 || problem.status === 403) this.me = null
      this.problem = problem.status === 401 ? null : problem
    }
  }

  /** Remembers how this person wants to watch. It counts at once. */
  async choose(choice: Partial<PlaybackChoice>): Promise<void> {
    const { viewer } = this
    this.me = { ...viewer, playback: { ...viewer.playback, ...choice } }
    const { saveChoice } = await untilLoaded(() => import('./save-choice.ts'))
    await saveChoice(viewer, choice, () => this.me)
  }

  /** A session that ends in the middle of a recording must not take the page away. */
  #end() {
    if (!isGuarded()) this.me = null
  }
}

export const [sessionHere, provideSession] = createContext<Session>()
