import type { Problem } from '@meanwhile/shared/contract/problem'
import { say } from './words.ts'

const words = {
  'account-exists': 'exists',
  'sign-up-closed': 'closed',
  'accounts-closed': 'none',
  'domain-not-allowed': 'domain',
  'invitation-invalid': 'invitation',
} as const
const isKnown = (code: string): code is keyof typeof words => Object.hasOwn(words, code)

/** What went wrong at the provider or on the way back, as the address says it. */
export function oidcProblem(search: string): Problem | null {
  const code = new URLSearchParams(search).get('problem')
  if (code === null) return null
  const what = isKnown(code) ? words[code] : 'other'
  return { type: `/problems/${code}`, title: say(`oidc.${what}Title`), detail: say(`oidc.${what}Text`), status: 403 }
}
