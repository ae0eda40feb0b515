import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, vi } from 'vitest'

type Refusal = { code: number; message: string }

/** A real mail server for a test file; `refuse` is what it says about mail to an address instead of taking it. */
export async function startSmtp() {
  const received: { to: string[]; raw: string; mail: Email }[] = []
  const refusals = new Map<string, Refusal>()
  const asked: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      asked.push(address)
      const refusal = refusals.get(address)
      done(refusal ? Object.assign(new Error(refusal.message), { responseCode: refusal.code }) : null)
    },
    async onData(stream, session, done) {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk as Buffer)
      const raw = Buffer.concat(chunks).toString('utf8')
      received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw, mail: await PostalMime.parse(raw) })
      done()
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  const to = (address: string) => received.filter((each) => each.to.includes(address))
  return {
    variables: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Meanwhile <meanwhile@example.org>' },
    received,
    /** How often the server was asked to take mail to an address. */
    triesOf: (address: string) => asked.filter((each) => each === address).length,
    refuse(address: string, refusal: Refusal | null) {
      if (refusal) refusals.set(address, refusal)
      else refusals.delete(address)
    },
    to,
    /** The newest mail to an address, once there are so many. */
    async mailTo(address: string, count = 1): Promise<Email> {
      await vi.waitUntil(() => to(address).length >= count, { timeout: 20_000, interval: 50 })
      return to(address).at(-1)?.mail as Email
    },
  }
}

/** The path of the link in a mail. */
export const pathIn = ({ text = '' }: Email): string => new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? 'http://none').pathname
