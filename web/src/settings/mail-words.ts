type Told = { state: 'waiting' | 'sent' | 'failed'; attempts: number; failure: string | null }

/** What became of a mail, as a person says it. `isSet`: this site sends mail. */
export function mailWords({ state, attempts, failure }: Told, isSet: boolean): string {
  if (state === 'sent') return 'Sent'
  if (state === 'failed') return `Not sent: ${failure ?? 'the mail server did not take it'}`
  if (!isSet) return 'Kept here'
  if (attempts === 0 || !failure) return 'On its way'
  return `Not sent yet, ${attempts === 1 ? 'tried once' : `tried ${attempts} times`}: ${failure}`
}
