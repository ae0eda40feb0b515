import * as z from 'zod'
import { Empty, endpoint, IsoDate } from './endpoint.ts'
import { Name } from './name.ts'
import { PictureUrl } from './picture.ts'
import { PlaybackChoice, Rate } from './playback.ts'
import { Appearance } from './preferences.ts'
import { TimeZone } from './profile.ts'

export const Role = z.enum(['owner', 'admin', 'member']).meta({ id: 'Role' })
export type Role = z.infer<typeof Role>

/** Somebody by the name that they had when it was written down. */
export const Named = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Named' })

export const Person = z
  .object({
    id: z.string(),
    name: z.string(),
    picture: PictureUrl.nullable().describe('A square of 256 pixels; null where they have none'),
  })
  .meta({ id: 'Person' })
export type Person = z.infer<typeof Person>

/** Who wrote something. */
export const Author = Person.extend({
  guest: z.boolean().optional().describe('They came by a share link and have no account'),
}).meta({
  id: 'Author',
})
export type Author = z.infer<typeof Author>

export const Me = z
  .object({
    id: z.string(),
    name: z.string(),
    picture: PictureUrl.nullable(),
    email: z.string(),
    role: Role,
    workspace: z.object({ id: z.string(), name: z.string() }),
    rate: Rate.describe('The speed at which this person watches where no author suggests one'),
    playback: PlaybackChoice.describe('What this person chose for themselves'),
    appearance: Appearance,
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

export const readMe = endpoint({
  method: 'GET',
  url: '/api/me',
  schema: { summary: 'Who is signed in', tags: ['people'], response: { 200: Me } },
})

export const changeMe = endpoint({
  method: 'PATCH',
  url: '/api/me',
  access: 'session',
  schema: {
    summary: 'Change the own name or playback speed',
    tags: ['people'],
    body: z.object({ name: Name.optional(), rate: Rate.optional() }),
    response: { 200: Me },
  },
})

export const readSignUp = endpoint({
  method: 'GET',
  url: '/api/sign-up',
  access: 'open',
  schema: {
    summary:
      'Who may create an account now: the first person (who becomes the owner), the invited, anybody, or nobody; and how people sign in',
    tags: ['people'],
    response: {
      200: z.object({
        mode: z.enum(['first', 'invite', 'open', 'closed']),
        oidc: z
          .string()
          .nullable()
          .describe('What people know the provider as with whose accounts they sign in; null: there is none'),
        byMail: z.boolean().describe('Whether links to sign in and to set a new password are sent by mail'),
      }),
    },
  },
})

export const Member = Person.extend({
  email: z.string(),
  role: Role,
  joinedAt: IsoDate,
  hasTwoFactor: z
    .boolean()
    .optional()
    .describe('Whether a code is asked for when they sign in with a password; told to the owner and admins'),
}).meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

export const listMembers = endpoint({
  method: 'GET',
  url: '/api/members',
  schema: { summary: 'The people of the workspace', tags: ['people'], response: { 200: z.array(Member) } },
})

export const Invitation = z
  .object({
    id: z.uuid(),
    createdAt: IsoDate,
    expiresAt: IsoDate,
    createdBy: Person,
    uses: z.int(),
    email: z.string().nullable().describe('The address that the link was sent to'),
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof Invitation>

export const listInvitations = endpoint({
  method: 'GET',
  url: '/api/invitations',
  access: 'admin',
  schema: {
    summary: 'Invitation links that still work (owner and admins)',
    tags: ['people'],
    response: { 200: z.array(Invitation) },
  },
})

export const createInvitation = endpoint({
  method: 'POST',
  url: '/api/invitations',
  access: 'admin',
  schema: {
    summary: 'Create an invitation link (owner and admins); the link is shown this once',
    tags: ['people'],
    response: { 201: Invitation.extend({ url: z.url(), token: z.string() }) },
  },
})

export const revokeInvitation = endpoint({
  method: 'DELETE',
  url: '/api/invitations/:invitationId',
  access: 'admin',
  schema: {
    summary: 'Revoke an invitation link',
    tags: ['people'],
    params: z.object({ invitationId: z.uuid() }),
    response: { 204: Empty },
  },
})

export const readInvitation = endpoint({
  method: 'GET',
  url: '/api/invitations/by-token/:token',
  access: 'open',
  schema: {
    summary: 'What an invitation link invites to',
    tags: ['people'],
    params: z.object({ token: z.string().max(100) }),
    response: {
      200: z.object({
        workspace: z.string(),
        invitedBy: z.string(),
        newAccounts: z.boolean().describe('Whether it lets people in who have no account yet'),
        emailDomains: z.array(z.string()).describe('Who joins has an address at one of these; none means at any'),
      }),
    },
  },
})

export const Email = z.email().max(254)
export const Password = z.string().min(8, 'must have at least 8 characters').max(128)
/** The password of who is signed in, once more. */
export const PresentPassword = z
  .string()
  .max(128)
  .default('')
  .describe('The own one, once more; empty where the account has none: then the session has just begun')
/** The same where it is needed only some time after the sign-in. */
export const LaterPassword = PresentPassword.describe('The own one, once more, where the session began more than an hour ago')

const SignedIn = z.object({ user: Named.extend({ email: z.string() }) })

/** What a sign-in is answered. */
export const SignInAnswer = SignedIn.meta({ id: 'SignInAnswer' })
export type SignInAnswer = z.infer<typeof SignInAnswer>

export const signUp = endpoint({
  method: 'POST',
  url: '/api/auth/sign-up/email',
  schema: {
    summary: 'Create an account and sign in; the first one becomes the owner of the workspace',
    tags: ['people'],
    body: z.object({
      name: Name,
      email: Email,
      password: Password,
      invitation: z.string().max(100).optional(),
      timeZone: TimeZone.optional().catch(undefined).describe('As the browser says; a name that is not known here is left out'),
    }),
    response: { 200: SignedIn },
  },
})

export const signIn = endpoint({
  method: 'POST',
  url: '/api/auth/sign-in/email',
  schema: {
    summary: 'Sign in; the session is a cookie',
    description:
      'Where the person has turned on two-factor, the answer is the problem `two-factor-needed` with a cookie, and `POST /api/auth/two-factor` comes next.',
    tags: ['people'],
    body: z.object({ email: Email, password: z.string().max(128) }),
    response: { 200: SignInAnswer },
  },
})

export const signOut = endpoint({
  method: 'POST',
  url: '/api/auth/sign-out',
  schema: { summary: 'End the session', tags: ['people'], response: { 200: z.object({ success: z.boolean() }) } },
})
