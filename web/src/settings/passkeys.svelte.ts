import type { addPasskey, listPasskeys, removePasskey, renamePasskey, startPasskey } from '@meanwhile/shared/contract/passkeys'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Answer, call, problemIn } from '../api.ts'
import { makePasskey } from '../sign-in/passkey.ts'

const one = '/api/me/passkeys/:passkeyId'

/** The passkeys of who is signed in. Changes throw ApiError. */
export class Passkeys {
  all = $state.raw<Answer<typeof listPasskeys> | undefined>()
  problem = $state.raw<Problem | null>(null)

  async load(): Promise<void> {
    this.problem = null
    try {
      this.all = await call<typeof listPasskeys>('GET', '/api/me/passkeys')
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** @param password empty until the server asks for it */
  async add(password: string): Promise<void> {
    const options = await call<typeof startPasskey>('POST', '/api/me/passkeys/options', { body: { password } })
    const credential = await makePasskey(options)
    const made = await call<typeof addPasskey>('POST', '/api/me/passkeys', { body: { credential } })
    this.all = [...(this.all ?? []), made]
  }

  async rename(passkeyId: string, name: string): Promise<void> {
    const renamed = await call<typeof renamePasskey>('PATCH', one, { params: { passkeyId }, body: { name } })
    this.all = this.all?.map((each) => (each.id === passkeyId ? renamed : each))
  }

  async remove(passkeyId: string): Promise<void> {
    await call<typeof removePasskey>('DELETE', one, { params: { passkeyId } })
    this.all = this.all?.filter(({ id }) => id !== passkeyId)
  }
}
