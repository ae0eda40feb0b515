import * as z from 'zod'

const SmtpUrl = z.url({ protocol: /^smtps?$/, error: 'must be a URL that starts with smtp:// or smtps://' })
/** An address, or a name and an address in angle brackets. */
const From = z
  .string()
  .max(320)
  .refine((text) => /^\P{Cc}+$/u.test(text) && z.email().safeParse(addressIn(text)).success, {
    error: 'must be an address, such as Meanwhile <meanwhile@example.org>',
  })

/** The variables of mail, for `Env`. */
export const mailVariables = {
  SMTP_URL: SmtpUrl.optional().describe(
    'The server that sends mail, such as smtps://user:password@mail.example.org. Default: no mail is sent.',
  ),
  MAIL_FROM: From.optional().describe('Who mails are from, such as Meanwhile <meanwhile@example.org>; required with SMTP_URL.'),
}

const Variables = z.object(mailVariables)
type Variables = z.infer<typeof Variables>

/** Half of a setting is an error. @returns which variable, and what is wrong with it */
export function mailFaults({ SMTP_URL, MAIL_FROM }: Variables): { name: keyof Variables; message: string }[] {
  if (SMTP_URL && !MAIL_FROM) return [{ name: 'SMTP_URL', message: 'needs MAIL_FROM too' }]
  if (MAIL_FROM && !SMTP_URL) return [{ name: 'MAIL_FROM', message: 'needs SMTP_URL too' }]
  return []
}

/** The mail server that an operator chose. */
export type MailServer = { url: string; from: { name: string; address: string } }

const addressIn = (text: string) => /<([^<>]+)>\s*$/.exec(text)?.[1]?.trim() ?? text.trim()

/** Null: no mail is sent. */
export function mailServerOf({ SMTP_URL, MAIL_FROM }: Variables): MailServer | null {
  if (!SMTP_URL || !MAIL_FROM) return null
  const name = MAIL_FROM.includes('<') ? MAIL_FROM.slice(0, MAIL_FROM.lastIndexOf('<')).trim().replace(/^"|"$/g, '') : ''
  return { url: SMTP_URL, from: { name, address: addressIn(MAIL_FROM) } }
}
