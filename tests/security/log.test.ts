import { inspect } from 'node:util'
import { Secret, TOTP } from 'otpauth'
import { expect, test, vi } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { guestsOn } from '../support/guest.ts'
import { listenTo } from '../support/stream.ts'

const lines: string[] = []
/** What a library prints by itself. */
for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
  vi.spyOn(console, name).mockImplementation((...said) => void lines.push(inspect(said, { depth: 9 })))
const { app, as, given, sql, password } = await startApp({
  env: { LOG_LEVEL: 'trace' },
  logTo: { write: (line) => void lines.push(line) },
})
const { share, guest, tokenOf } = guestsOn(app)

test('the log of all that people do, and of what goes wrong meanwhile, holds no password, token, signed address or mail address (R40)', async () => {
  const ada = await given.person('Ada')
  const ben = await given.person('Ben')
  const inject = (url: string, payload: object = {}, method: 'POST' | 'PUT' = 'POST') => as(ada).inject({ method, url, payload })
  const invitation = (await inject('/api/invitations')).json()
  await app.inject({ url: `/api/invitations/by-token/${invitation.token}` })
  const reset = (await inject(`/api/members/${ben.id}/password-reset`)).json()
  const resetToken = String(reset.url ?? reset.token)
    .split('/')
    .at(-1)
  await app.inject({ url: `/api/password-resets/${resetToken}` })
  const { id, videoId } = await given.recording(ada, await cutRecording({ ms: 2000 }), 'Plans for the merger')
  const link = await share(ada, id, { password: 'open sesame' })
  const mia = await guest(link, { name: 'Mia', password: 'open sesame' })
  await mia.inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'What I think of it' } })
  const { playback } = (await as(ada).inject({ url: `/api/videos/${videoId}` })).json()
  await app.inject({ url: playback.hls })
  await app.inject({ url: `${playback.hls}x` })
  const stream = await listenTo(app, ada)
  stream.close()

  const twoFactor = (await inject('/api/me/two-factor', { password })).json()
  const code = new TOTP({ secret: Secret.fromBase32(twoFactor.secret) }).generate()
  const [recoveryCode] = (await inject('/api/me/two-factor/confirmation', { code })).json().recoveryCodes
  const half = await app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email: ada.email, password } })
  const challenge = half.cookies[0]?.value
  const tryIt = { method: 'POST', url: '/api/auth/two-factor', payload: { code: 'no-such-recovery-code' } } as const
  await app.inject({ ...tryIt, headers: { cookie: `meanwhile.two-factor=${challenge}` } })

  const signIn = (payload: object) => app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload })
  await signIn({ email: ada.email, password: 'a wrong password' })
  await signIn({ email: ada.email, password: 5 })
  await app.inject({ url: `/s/${tokenOf(link)}/%`, headers: { cookie: ada.cookie } })
  await app.inject({ url: `/api/events?share=${mia.token}`, headers: { cookie: 'x' } })
  // A database that cannot answer: every statement fails, and its driver knows all that was said.
  await sql`alter table sessions rename to sessions_away`
  expect((await as(ada).inject({ url: '/api/me' })).statusCode).toBe(500)
  await sql`alter table sessions_away rename to sessions`
  await sql`alter table users rename column name to name_away`
  expect((await signIn({ email: ada.email, password })).statusCode).toBe(500)
  await app.inject({ url: `/api/invitations/by-token/${invitation.token}` })
  await inject('/api/me', { name: 'A new name' }, 'PUT')
  await sql`alter table users rename column name_away to name`
  await sql`alter table comments rename column text to text_away`
  await as(ada).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'What I think of it' } })
  await sql`alter table comments rename column text_away to text`

  const log = lines.join('\n')
  expect(log).toContain('Failed query')
  expect(log).toMatch(/does not exist/)
  const sessionToken = decodeURIComponent(ada.cookie.split('=')[1] ?? '').split('.')[0]
  const secrets = {
    sessionToken,
    cookie: ada.cookie.split('=')[1],
    guestCookie: mia.cookie.split('=')[1],
    password,
    'a password that is wrong': 'a wrong password',
    'the password of a link': 'open sesame',
    invitation: invitation.token,
    reset: resetToken,
    shareToken: tokenOf(link),
    mediaToken: playback.hls.split('/')[2],
    'the secret of an app': twoFactor.secret,
    'a code of it': code,
    'a code that is wrong': 'no-such-recovery-code',
    recoveryCode,
    challenge,
    email: ada.email,
    "another's email": ben.email,
    title: 'merger',
    comment: 'What I think of it',
  }
  for (const [name, secret] of Object.entries(secrets)) {
    expect(String(secret).length, name).toBeGreaterThan(5)
    expect(
      lines.filter((line) => line.includes(String(secret))).map((line) => line.slice(0, 2000)),
      name,
    ).toEqual([])
  }
})
