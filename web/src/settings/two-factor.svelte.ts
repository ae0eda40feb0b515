import type { Problem } from '@meanwhile/shared/contract/problem'
import type {
  confirmTwoFactor,
  readTwoFactor,
  removeTwoFactor,
  renewRecoveryCodes,
  startTwoFactor,
} from '@meanwhile/shared/contract/two-factor'
import { type Answer, call, problemIn } from '../api.ts'

const own = '/api/me/two-factor'

/** The codes that somebody is asked for after their password. Changes throw ApiError. */
export class OwnTwoFactor {
  now = $state.raw<Answer<typeof readTwoFactor> | undefined>()
  /** What their app is being set up with. */
  setup = $state.raw<Answer<typeof startTwoFactor> | null>(null)
  /** Recovery codes that were just made: the server never shows them again. */
  made = $state.raw<string[] | null>(null)
  problem = $state.raw<Problem | null>(null)

  async load(): Promise<void> {
    this.problem = null
    try {
      this.now = await call<typeof readTwoFactor>('GET', own)
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  async start(password: string): Promise<void> {
    this.setup = await call<typeof startTwoFactor>('POST', own, { body: { password } })
  }

  async confirm(code: string): Promise<void> {
    const { recoveryCodes } = await call<typeof confirmTwoFactor>('POST', `${own}/confirmation`, { body: { code } })
    this.setup = null
    this.made = recoveryCodes
    await this.load()
  }

  async renew(password: string, code: string): Promise<void> {
    const body = { password, code }
    this.made = (await call<typeof renewRecoveryCodes>('POST', `${own}/recovery-codes`, { body })).recoveryCodes
    await this.load()
  }

  async remove(password: string, code: string): Promise<void> {
    await call<typeof removeTwoFactor>('POST', `${own}/removal`, { body: { password, code } })
    this.made = null
    await this.load()
  }
}
