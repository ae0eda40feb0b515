import { say } from './members-words.ts'

type Told = { state: 'waiting' | 'sent' | 'failed'; attempts: number; failure: string | null }

/** What became of a mail, as a person says it. `isSet`: this site sends mail. */
export function mailWords({ state, attempts, failure }: Told, isSet: boolean): string {
  if (state === 'sent') return say('mail.sent')
  if (state === 'failed') return failure === null ? say('mail.refused') : say('mail.failed', { failure })
  if (!isSet) return say('mail.kept')
  if (attempts === 0 || !failure) return say('mail.onItsWay')
  return say('mail.tried', { count: attempts, failure })
}
