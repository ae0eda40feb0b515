import type { Problem } from '@meanwhile/shared/contract/problem'

const words: Record<string, [title: string, detail: string]> = {
  'account-exists': [
    'There is an account with your address already',
    'Sign in to it as before, and connect the other one in your settings.',
  ],
  'sign-up-closed': [
    'An invitation link is needed to create an account here',
    'Ask somebody in the workspace for one, and open it.',
  ],
  'accounts-closed': ['No new accounts can be created here', 'Whoever has an account signs in with it.'],
  'domain-not-allowed': [
    'This workspace is for other email addresses',
    'Use another account, or ask the owner of the workspace.',
  ],
  'invitation-invalid': ['This invitation link is not valid any more', 'Ask the person who sent it for a new one.'],
}
const other = ['Signing in with the other account did not work', 'Try again, or sign in another way.'] as const

/** What went wrong at the provider or on the way back, as the address says it. */
export function oidcProblem(search: string): Problem | null {
  const code = new URLSearchParams(search).get('problem')
  if (code === null) return null
  const [title, detail] = words[code] ?? other
  return { type: `/problems/${code}`, title, detail, status: 403 }
}
