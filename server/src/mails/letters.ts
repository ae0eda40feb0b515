import type { Letter } from '@meanwhile/shared/platform/compose-letter'

/** Whoever opens the link joins the workspace. */
export const invitationLetter = (by: string, workspace: string, url: string, days: number): Letter => ({
  subject: `${by} invites you to ${workspace}`,
  paragraphs: [
    `${by} invites you to ${workspace} on Meanwhile, where a team shares video updates that each person watches when it suits.`,
    `The link works for ${days} days.`,
  ],
  link: { label: 'Join', url },
  footer: 'If you do not know who sent this, delete it: nothing happens.',
})

/** Whoever opens the link sets a new password. */
export const passwordResetLetter = (name: string, url: string, minutes: number): Letter => ({
  subject: 'Set a new password for Meanwhile',
  paragraphs: [
    `Hello ${name}.`,
    `Somebody asked for a new password for your account. The link works once, for ${minutes} minutes.`,
  ],
  link: { label: 'Set a new password', url },
  footer: 'If it was not you, delete this mail: your password stays as it is.',
})

/** Whoever opens the link is signed in. The first time, nothing else that was set up opens the account any more. */
export const signInLetter = (to: { name: string; emailVerified: boolean }, url: string, minutes: number): Letter => ({
  subject: 'Your link to sign in to Meanwhile',
  paragraphs: [
    `Hello ${to.name}.`,
    `This link signs you in. It works once, for ${minutes} minutes.`,
    ...(to.emailVerified
      ? []
      : [
          'It also confirms that this address is yours. As somebody else could have used it before, the password, passkeys, connected accounts and API tokens that the account has had until then stop working. Set a new password in the settings.',
        ]),
  ],
  link: { label: 'Sign in', url },
  footer: 'If it was not you who asked for it, delete this mail, and give the link to nobody.',
})

/** Something happened with the second step of signing in. `what` is a whole sentence. */
export const twoFactorLetter = (name: string, what: string): Letter => ({
  subject: 'The second step of signing in to Meanwhile',
  paragraphs: [`Hello ${name}.`, what],
  footer: 'If it was not you, and nobody told you of it, set a new password and ask an admin of your workspace.',
})

/** Whoever enters the code, in the browser that asked for it, has proved the address. What the link leads to is not said yet. */
export const shareCodeLetter = (code: string, minutes: number): Letter => ({
  subject: 'Your code for a link on Meanwhile',
  paragraphs: [
    `Your code is ${code}.`,
    `Somebody opened a link that was shared with people who have an address like yours. Enter the code on the page that asked for it, within ${minutes} minutes.`,
  ],
  footer: 'If it was not you, delete this mail, and give the code to nobody.',
})

/** Whoever opens the link reads who asks, and says yes or not now. */
export const accessAskedLetter = (name: string, asker: string, title: string, url: string): Letter => ({
  subject: `${asker} asks to see “${title}”`,
  paragraphs: [
    `Hello ${name}.`,
    `${asker} opened a link to your update “${title}” and cannot see it. Let them in, or not now, in your notifications or where you share it.`,
  ],
  link: { label: 'Open the update', url },
  footer: 'If you do nothing, they do not see it.',
})
