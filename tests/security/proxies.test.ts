import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

/** Where the app thinks that somebody signed in from who comes by `remoteAddress` and says that they come from `said`. */
async function addressOf(variables: Record<string, string>, remoteAddress: string, said: string) {
  const { app, given, password } = await startApp({ env: variables })
  const ada = await given.person('Ada')
  const from = { remoteAddress, headers: { 'x-forwarded-for': said } }
  const payload = { email: ada.email, password }
  const entered = await app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload, ...from })
  const cookie = entered.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const sessions = (await app.inject({ url: '/api/me/sessions', ...from, headers: { ...from.headers, cookie } })).json()
  return sessions.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent).address
}

test('what a proxy says of where a request comes from counts where it is trusted, and nowhere else', async () => {
  const trusted = { TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.7' }
  expect(await addressOf(trusted, '10.1.2.3', '203.0.113.9')).toBe('203.0.113.9')
  expect(await addressOf(trusted, '192.0.2.7', '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9')
  expect(await addressOf(trusted, '192.0.2.8', '203.0.113.9')).toBe('192.0.2.8')
  expect(await addressOf({}, '10.1.2.3', '203.0.113.9')).toBe('10.1.2.3')
})

test.each(['everything', '10.0.0.0/33', '10.0.0.1,', '10.0.0'])('TRUSTED_PROXIES=%s is refused at the start', async (list) => {
  await expect(startApp({ env: { TRUSTED_PROXIES: list } })).rejects.toThrow(/TRUSTED_PROXIES/)
})
