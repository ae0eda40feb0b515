import type { MailExtras } from '@meanwhile/shared/db/schema/mails'
import type { MailServer } from '@meanwhile/shared/platform/mail'
import { bounceAddress, type MailSite } from '@meanwhile/shared/platform/mail-site'
import { createTransport } from 'nodemailer'

/** How long a server may say nothing, in ms. */
const patience = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000, dnsTimeout: 15_000 }

export type Letter = { id: string; to: string; subject: string; text: string; html: string; extras?: MailExtras }
export type Mailer = {
  /** @throws {UndeliverableError} when trying again is for nothing; any other error when it is not */
  send(letter: Letter): Promise<void>
  close(): void
}

/** The server does not take it, now or ever. Its message is for people. */
export class UndeliverableError extends Error {
  override name = 'UndeliverableError'
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string }

/** What a server said, as one short line. */
export const shortened = (text: string): string =>
  text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)

/** The address or the message is refused for good (RFC 5321, §4.2.1); what the operator can mend, such as a password, is not that. */
const isForGood = ({ code, responseCode = 0 }: SmtpError) => responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')

/** The parts of a mail that programs read: how its kind is turned off with one click (RFC 8058), and the thread of its update. */
function headersOf({ unsubscribeUrl, updateId }: MailExtras, domain: string) {
  const thread = updateId && `<update-${updateId}@${domain}>`
  return {
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribeUrl
        ? { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
        : {}),
    },
    ...(thread ? { inReplyTo: thread, references: [thread] } : {}),
  }
}

/** Sends by the operator's server, over a few connections that stay open while there is something to send. */
export function openMailer({ url, from }: MailServer, site: MailSite | null = null): Mailer {
  const options = { url, pool: true as const, maxConnections: 3, disableFileAccess: true, disableUrlAccess: true, ...patience }
  const transport = createTransport(options)
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  return {
    async send({ id, to, subject, text, html, extras = {} }) {
      // One and the same however often it is sent, so that a mailbox shows once what came twice.
      const messageId = `<${id}@${domain}>`
      const back = site?.inboundAddress && bounceAddress(site.inboundAddress, site.authSecret, id)
      const rest = {
        ...headersOf(extras, domain),
        ...(extras.replyTo ? { replyTo: extras.replyTo } : {}),
        ...(back ? { envelope: { from: back, to } } : {}),
      }
      try {
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html, messageId, ...rest })
      } catch (error) {
        const failure = error as SmtpError
        if (isForGood(failure)) throw new UndeliverableError(shortened(failure.response ?? failure.message))
        throw error
      }
    },
    close: () => transport.close(),
  }
}
