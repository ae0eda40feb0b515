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
  INBOUND_ADDRESS: z
    .email('must be an address, such as answers@example.org')
    .regex(/^[^@+]{1,20}@/, 'must have 20 characters or fewer before the @, and no plus: a code goes behind one')
    .optional()
    .describe(
      'The mailbox to which people answer by mail, such as answers@example.org. It has to take answers+anything@example.org too, and pass each ' +
        'message on to POST /api/inbound-mails. Default: nobody answers by mail.',
    ),
  INBOUND_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('What passes messages on says it in the header meanwhile-inbound-secret; required with INBOUND_ADDRESS.'),
  INBOUND_AUTHSERV_ID: z
    .string()
    .regex(/^[^\s;]{1,253}$/, 'must be the name that the server gives itself, such as mx.example.org')
    .optional()
    .describe(
      'The name with which the server that takes the mail in begins its Authentication-Results header. With it an answer counts only where that says ' +
        'dmarc=pass, or dkim=pass for the domain of the sender. Default: what passes messages on refuses the forged ones itself.',
    ),
}

const Variables = z.object(mailVariables)
type Variables = z.infer<typeof Variables>

/** Half of a setting is an error. @returns which variable, and what is wrong with it */
export function mailFaults({ SMTP_URL, MAIL_FROM, INBOUND_ADDRESS, INBOUND_SECRET }: Variables): {
  name: keyof Variables
  message: string
}[] {
  if (INBOUND_ADDRESS && !INBOUND_SECRET) return [{ name: 'INBOUND_ADDRESS', message: 'needs INBOUND_SECRET too' }]
  if (INBOUND_SECRET && !INBOUND_ADDRESS) return [{ name: 'INBOUND_SECRET', message: 'needs INBOUND_ADDRESS too' }]
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
