import type { Problem } from '@meanwhile/shared/contract/problem'
import type { askShareCode, openShare, proveAddress, readShare, ShareState } from '@meanwhile/shared/contract/share-links'
import { apiHeaders, call, problemIn, type Wire } from '../api.ts'
import { connectAnew, onLive } from '../live.svelte.ts'

/** A share link as this page knows it: locked, open, or ended. */
export class Shared {
  state = $state.raw<Wire<typeof ShareState> | null>(null)
  /** Why nothing can be shown. */
  problem = $state.raw<Problem | null>(null)
  /** It was revoked or has expired, or never was: whoever has it learns no more. */
  isOver = $derived(/\/(share-link-ended|not-found)$/.test(this.problem?.type ?? ''))

  readonly #params: { token: string }
  readonly #framed: boolean

  /** `framed`: inside of another site's page, where browsers keep no cookie and nobody is known. */
  constructor(token: string, framed: boolean) {
    this.#params = { token }
    this.#framed = framed
  }

  /** From now on this page asks and hears as a guest of the link. Returns what ends that. */
  begin(): () => void {
    apiHeaders['meanwhile-share'] = this.#params.token
    const stop = onLive(({ type }) => {
      // It may have been revoked, or be for something else now.
      if (type === 'update' || type === 'reconnected') void this.load()
    })
    connectAnew()
    void this.load()
    return () => {
      stop()
      delete apiHeaders['meanwhile-share']
      // What the page hears next is for whoever is signed in.
      connectAnew()
    }
  }

  async load(): Promise<void> {
    try {
      this.state = await call<typeof readShare>('GET', '/api/share/:token', { params: this.#params })
      this.problem = null
      const { open, needs } = this.state
      // Who is signed in may have proved their address before.
      const isNew = open ? !open.member && !open.guest : needs === 'address'
      if (isNew && !this.#framed) await this.open()
    } catch (error) {
      const problem = problemIn(error)
      // Who watches already is not interrupted because nothing answers for a while.
      if (!this.state || problem.status >= 400) this.problem = problem
    }
  }

  /** @throws {ApiError} as for a wrong password */
  async open(password?: string): Promise<void> {
    const body = password === undefined ? {} : { password }
    this.#enter(await call<typeof openShare>('POST', '/api/share/:token/open', { params: this.#params, body }))
  }

  /** Has a code sent to an address, if the link is for it. @throws {ApiError} */
  async askCode(email: string): Promise<void> {
    await call<typeof askShareCode>('POST', '/api/share/:token/codes', { params: this.#params, body: { email } })
  }

  /** @throws {ApiError} as for a wrong code */
  async prove(email: string, code: string): Promise<void> {
    const body = { email, code }
    this.#enter(await call<typeof proveAddress>('POST', '/api/share/:token/address', { params: this.#params, body }))
  }

  #enter(state: Wire<typeof ShareState>) {
    const isLetIn = Boolean(state.open && this.state?.needs)
    this.state = state
    // What this page hears was refused so far, and would be asked for again only after a while.
    if (isLetIn) connectAnew()
  }
}
