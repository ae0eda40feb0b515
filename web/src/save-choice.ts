import type { Me } from '@meanwhile/shared/contract/auth'
import type { PlaybackChoice } from '@meanwhile/shared/contract/playback'
import type { changePreferences } from '@meanwhile/shared/contract/preferences'
import { call } from './api.ts'
import { toast } from './ui/toast.svelte.ts'
import { say } from './words.ts'

type Choice = Partial<PlaybackChoice>

/** What a person has chosen and the server does not know. */
let due: { personId: string; choice: Choice } | null = null
let saving = Promise.resolve()

/**
 * Saves how somebody wants to watch. Requests follow each other, so that none overtakes a later one; what could not be saved is said, and
 * goes along with the next.
 * @param person as they were before
 * @param here who is signed in by now
 */
export function saveChoice(person: Me, choice: Choice, here: () => Me | null | undefined): Promise<void> {
  const news = Object.entries(choice).filter(([name, value]) => value !== person.playback[name as keyof Choice])
  const before = due?.personId === person.id ? due.choice : {}
  due = { personId: person.id, choice: { ...before, ...Object.fromEntries(news) } }
  saving = saving.then(async () => {
    if (!due || Object.keys(due.choice).length === 0) return
    const { personId, choice: playback } = due
    due = null
    if (here()?.id !== personId) return
    try {
      await call<typeof changePreferences>('PATCH', '/api/me/preferences', { body: { playback } })
    } catch {
      due ??= { personId, choice: {} }
      if (due.personId === personId) due.choice = { ...playback, ...due.choice }
      toast(say('choiceNotSaved'))
    }
  })
  return saving
}
