import type { Credential, startPasskey, startPasskeySignIn } from '@meanwhile/shared/contract/passkeys'
import { type Answer, ApiError } from '../api.ts'
import { say } from './words.ts'

/** Whether this browser has passkeys, here: they need https or localhost. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis

const browser = () => import('@simplewebauthn/browser')
type Library = Awaited<ReturnType<typeof browser>>
type Registration = Parameters<Library['startRegistration']>[0]['optionsJSON']
type Authentication = Parameters<Library['startAuthentication']>[0]['optionsJSON']

/** Says in plain words why a device did nothing; somebody who changed their mind is told the same, by every browser. */
function notMade(cause: unknown): never {
  const isHere = cause instanceof Error && cause.name === 'InvalidStateError'
  const [title, detail] = isHere
    ? [say('passkey.hereTitle'), say('passkey.hereText')]
    : [say('passkey.noneTitle'), say('passkey.noneText')]
  throw new ApiError({ type: '/problems/passkey-unused', title, detail, status: 0 }, { cause })
}

/** Has the device make a passkey. Throws ApiError. */
export async function makePasskey(options: Answer<typeof startPasskey>): Promise<Credential> {
  const { startRegistration } = await browser()
  const made: object = await startRegistration({ optionsJSON: options as unknown as Registration }).catch(notMade)
  return made as Credential
}

/** Has the device sign with a passkey that it has. Throws ApiError. */
export async function usePasskey(options: Answer<typeof startPasskeySignIn>): Promise<Credential> {
  const { startAuthentication } = await browser()
  const signed: object = await startAuthentication({ optionsJSON: options as unknown as Authentication }).catch(notMade)
  return signed as Credential
}
