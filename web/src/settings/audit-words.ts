import { say } from './audit-log-words.ts'

const words: Record<string, string> = {
  'account.erased': say('account.erased'),
  'account.signed-in': say('account.signed-in'),
  'account.sign-in-failed': say('account.sign-in-failed'),
  'account.signed-out': say('account.signed-out'),
  'account.session-ended': say('account.session-ended'),
  'account.password-changed': say('account.password-changed'),
  'account.password-reset': say('account.password-reset'),
  'account.passkey-added': say('account.passkey-added'),
  'account.passkey-removed': say('account.passkey-removed'),
  'account.provider-connected': say('account.provider-connected'),
  'account.provider-disconnected': say('account.provider-disconnected'),
  'account.address-confirmed': say('account.address-confirmed'),
  'candidate.changed': say('candidate.changed'),
  'candidate.decided': say('candidate.decided'),
  'candidate.erased': say('candidate.erased'),
  'candidate.expired': say('candidate.expired'),
  'candidate.answer-reopened': say('candidate.answer-reopened'),
  'candidate.invited': say('candidate.invited'),
  'candidate.revoked': say('candidate.revoked'),
  'channel.archived': say('channel.archived'),
  'channel.changed': say('channel.changed'),
  'channel.created': say('channel.created'),
  'channel.member-added': say('channel.member-added'),
  'channel.member-removed': say('channel.member-removed'),
  'channel.restored': say('channel.restored'),
  'invitation.created': say('invitation.created'),
  'invitation.revoked': say('invitation.revoked'),
  'invitation.used': say('invitation.used'),
  'manager-link.created': say('manager-link.created'),
  'manager-link.revoked': say('manager-link.revoked'),
  'member.joined': say('member.joined'),
  'member.left': say('member.left'),
  'member.password-link-created': say('member.password-link-created'),
  'member.removed': say('member.removed'),
  'member.role-changed': say('member.role-changed'),
  'open-link.changed': say('open-link.changed'),
  'open-link.created': say('open-link.created'),
  'open-link.revoked': say('open-link.revoked'),
  'position.changed': say('position.changed'),
  'position.closed': say('position.closed'),
  'position.created': say('position.created'),
  'position.exported': say('position.exported'),
  'position.names-hidden': say('position.names-hidden'),
  'position.names-shown': say('position.names-shown'),
  'position.opened': say('position.opened'),
  'position.person-removed': say('position.person-removed'),
  'position.role-changed': say('position.role-changed'),
  'share-link.changed': say('share-link.changed'),
  'share-link.created': say('share-link.created'),
  'share-link.revoked': say('share-link.revoked'),
  'update.deleted': say('update.deleted'),
  'update.erased': say('update.erased'),
  'update.expired': say('update.expired'),
  'update.kept': say('update.kept'),
  'update.kept-no-more': say('update.kept-no-more'),
  'update.purged': say('update.purged'),
  'update.restored': say('update.restored'),
  'workspace.created': say('workspace.created'),
  'workspace.ownership-transferred': say('workspace.ownership-transferred'),
  'workspace.renamed': say('workspace.renamed'),
  'workspace.settings-changed': say('workspace.settings-changed'),
  'api-token.created': say('api-token.created'),
  'api-token.revoked': say('api-token.revoked'),
  'workspace.export-requested': say('workspace.export-requested'),
  'workspace.export-downloaded': say('workspace.export-downloaded'),
  'workspace.export-stopped': say('workspace.export-stopped'),
  'workspace.export-removed': say('workspace.export-removed'),
  'workspace.import-begun': say('workspace.import-begun'),
  'workspace.import-requested': say('workspace.import-requested'),
  'workspace.import-stopped': say('workspace.import-stopped'),
  'workspace.import-removed': say('workspace.import-removed'),
  'workspace.imported': say('workspace.imported'),
  'webhook.created': say('webhook.created'),
  'webhook.deleted': say('webhook.deleted'),
  'webhook.disabled': say('webhook.disabled'),
  'webhook.enabled': say('webhook.enabled'),
  'webhook.changed': say('webhook.changed'),
  'webhook.switched-off': say('webhook.switched-off'),
  'webhook.secret-rotated': say('webhook.secret-rotated'),
  'podcast.created': say('podcast.created'),
  'podcast.revoked': say('podcast.revoked'),
  'account.two-factor-on': say('account.two-factor-on'),
  'account.two-factor-off': say('account.two-factor-off'),
  'account.code-asked': say('account.code-asked'),
  'account.two-factor-failed': say('account.two-factor-failed'),
  'account.recovery-code-used': say('account.recovery-code-used'),
  'account.recovery-codes-made': say('account.recovery-codes-made'),
  'update.let-in': say('update.let-in'),
  'update.let-in-no-more': say('update.let-in-no-more'),
  'member.two-factor-off': say('member.two-factor-off'),
  'agreement.changed': say('agreement.changed'),
  'calendar-feed.created': say('calendar-feed.created'),
  'calendar-feed.revoked': say('calendar-feed.revoked'),
  'replaced-meeting.added': say('replaced-meeting.added'),
  'replaced-meeting.changed': say('replaced-meeting.changed'),
  'replaced-meeting.removed': say('replaced-meeting.removed'),
}

/** What is in a private channel has no name in this log. */
const hidden: Record<string, string> = {
  'channel.archived': say('hidden.channel.archived'),
  'channel.changed': say('hidden.channel.changed'),
  'channel.created': say('hidden.channel.created'),
  'channel.member-added': say('hidden.channel.member-added'),
  'channel.member-removed': say('hidden.channel.member-removed'),
  'channel.restored': say('hidden.channel.restored'),
  'share-link.changed': say('hidden.share-link.changed'),
  'share-link.created': say('hidden.share-link.created'),
  'share-link.revoked': say('hidden.share-link.revoked'),
  'update.deleted': say('hidden.update.deleted'),
  'update.erased': say('hidden.update.erased'),
  'update.kept': say('hidden.update.kept'),
  'update.kept-no-more': say('hidden.update.kept-no-more'),
  'update.restored': say('hidden.update.restored'),
  'update.let-in': say('hidden.update.let-in'),
  'update.let-in-no-more': say('hidden.update.let-in-no-more'),
}

type Event = {
  action: string
  actor: { id: string; name: string } | null
  target: { type?: string; id: string; name: string | null } | null
  details: object
}

const roles: Record<string, string> = { owner: say('role.owner'), admin: say('role.admin'), member: say('role.member') }

/** An event as a sentence. What is not known here yet is told by the name of its action. */
export function auditSentence({ action, actor, target, details }: Event): string {
  const known = words[action] ?? action.replace(/[.-]/g, ' ')
  const what = target?.name === null ? (hidden[action] ?? known) : known
  const who = actor?.name ?? target?.name ?? (target?.type === 'update' ? say('anUpdate') : say('somebody'))
  const whom = actor && target?.name && target.id !== actor.id ? target.name : null
  const { before, now } = details as { before?: unknown; now?: unknown }
  if (before === undefined || now === undefined)
    return whom === null ? say('did', { who, what }) : say('didTo', { who, what, whom })
  const shown = (value: unknown) => (action === 'member.role-changed' && roles[String(value)]) || String(value)
  const [was, is] = [shown(before), shown(now)]
  return whom === null
    ? say('didFrom', { who, what, before: was, now: is })
    : say('didToFrom', { who, what, whom, before: was, now: is })
}
