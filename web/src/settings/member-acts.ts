import type { Role } from '@meanwhile/shared/contract/auth'
import type { MenuEntry } from '../ui/MenuButton.svelte'
import { say } from './members-words.ts'

type Someone = { id: string; role: Role; hasTwoFactor?: boolean | undefined }
/** What is done to a member. `remove`, `leave`, `transfer` and `erase` are asked about once more. */
export type MemberAct = 'make-admin' | 'make-member' | 'reset' | 'transfer' | 'remove' | 'leave' | 'erase' | 'two-factor'

const words: Record<MemberAct, string> = {
  'make-admin': say('act.make-admin'),
  'make-member': say('act.make-member'),
  reset: say('act.reset'),
  transfer: say('act.transfer'),
  remove: say('act.remove'),
  leave: say('act.leave'),
  erase: say('act.erase'),
  'two-factor': say('act.two-factor'),
}

/** What somebody may do to a member, as the server decides it too; nothing where there is nothing to do. */
export function actsOn(member: Someone, viewer: Someone): MemberAct[] {
  if (member.id === viewer.id) return viewer.role === 'owner' ? [] : ['leave']
  if (viewer.role === 'member' || member.role === 'owner') return []
  const role = member.role === 'admin' ? 'make-member' : 'make-admin'
  const second = member.hasTwoFactor ? (['two-factor'] as const) : []
  return [role, 'reset', ...second, ...(viewer.role === 'owner' ? (['transfer'] as const) : []), 'remove', 'erase']
}

/** The same as a menu. */
export const entriesOf = (acts: MemberAct[], choose: (act: MemberAct) => void): MenuEntry[] =>
  acts.map((act) => ({
    kind: 'action',
    label: words[act],
    ...(act === 'remove' || act === 'leave' || act === 'erase' ? { danger: true } : {}),
    onselect: () => choose(act),
  }))
