import { expect, test } from 'vitest'
import { auditSentence } from './audit-words.ts'

const ada = { id: 'a', name: 'Ada' }
const ben = { id: 'b', name: 'Ben' }

test.each([
  [{ action: 'member.removed', actor: ada, target: ben, details: { role: 'admin' } }, 'Ada removed Ben'],
  [
    { action: 'member.role-changed', actor: ada, target: ben, details: { before: 'member', now: 'admin' } },
    'Ada changed the role of Ben: member → admin',
  ],
  [{ action: 'account.signed-in', actor: ada, target: ada, details: {} }, 'Ada signed in'],
  [{ action: 'account.sign-in-failed', actor: null, target: ben, details: {} }, 'Ben was not let in: wrong password'],
  [{ action: 'invitation.created', actor: ada, target: { id: 'i', name: null }, details: {} }, 'Ada created an invitation link'],
  [{ action: 'channel.created', actor: ada, target: { id: 'c', name: 'Design' }, details: {} }, 'Ada created the channel Design'],
  [{ action: 'channel.archived', actor: ada, target: { id: 'c', name: null }, details: {} }, 'Ada archived a private channel'],
  [
    { action: 'share-link.revoked', actor: ada, target: { id: 'u', name: null }, details: {} },
    'Ada revoked a share link of an update in a private channel',
  ],
  [
    { action: 'share-link.made-public', actor: ada, target: { id: 'u', name: 'Plan' }, details: {} },
    'Ada share link made public Plan',
  ],
])('%o reads %s', (event, sentence) => {
  expect(auditSentence(event)).toBe(sentence)
})
