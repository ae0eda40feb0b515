import { addMail } from '@meanwhile/shared/db/add-mail'
import type { Db } from '@meanwhile/shared/db/client'
import { twoFactorLetter } from '../mails/letters.ts'
import type { Outbox } from '../mails/outbox.ts'

/** About something that happened, after some days, nobody wants a mail any more. */
const minutes = 3 * 24 * 60

/**
 * Writes to a person what became of their two-factor, so that they know of it who did not do it. Where no mail is sent, nothing is written.
 * @returns the ids of mails to send
 */
export async function tellPerson(
  tx: Db,
  mails: Outbox,
  person: { id: string; name: string; email: string },
  what: string,
): Promise<string[]> {
  if (!mails.isSet) return []
  const letter = twoFactorLetter(person.name, what)
  return [await addMail(tx, { kind: 'two-factor', to: person.email, letter, of: { userId: person.id }, minutes })]
}
