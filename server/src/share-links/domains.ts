import { ProblemError } from '@meanwhile/shared/contract/problem'
import { getDomain } from 'tldts'
import type { Outbox } from '../mails/outbox.ts'

/**
 * Domains at which addresses can be proved. One under which anybody registers names, such as co.uk, is nobody's.
 * @throws {ProblemError} `mail-off`, `invalid-request`
 */
export function requireProvable(mails: Outbox, domains: string[]): void {
  if (domains.length === 0) return
  if (!mails.isSet)
    throw new ProblemError('mail-off', 'Without mail nobody can prove an address. The operator sets SMTP_URL for it.')
  const wrong = domains.find((domain) => getDomain(domain) === null)
  const message = `${wrong} is a domain that many share; name one below it`
  if (wrong) throw new ProblemError('invalid-request', undefined, { errors: [{ field: 'emailDomains', message }] })
}
