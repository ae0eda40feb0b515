import type { Problem } from '@meanwhile/shared/contract/problem'
import type { changeProfile, Profile, ProfileChange, readProfile, WorkingHours } from '@meanwhile/shared/contract/profile'
import { call, problemIn } from '../api.ts'

/** The days of a week as the contract names them. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const satisfies (keyof WorkingHours)[]

const office = { from: '09:00', to: '17:00' }
/** What is proposed to somebody who has not said when they work. */
export const usualHours: WorkingHours = {
  monday: office,
  tuesday: office,
  wednesday: office,
  thursday: office,
  friday: office,
  saturday: null,
  sunday: null,
}

/** The zone that this browser is set to. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Every zone that can be chosen, that of the browser and the present one among them. */
export const zonesWith = (present: string | null): string[] =>
  [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), zoneHere(), ...(present ? [present] : [])])].sort()

/** Where and when this person works, and when they are away. */
export class OwnProfile {
  /** Null until it has been read. */
  now = $state.raw<Profile | null>(null)
  problem = $state.raw<Problem | null>(null)

  async load(): Promise<void> {
    this.problem = null
    try {
      this.now = await call<typeof readProfile>('GET', '/api/me/profile')
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** @throws {ApiError} */
  async change(change: ProfileChange): Promise<void> {
    this.now = await call<typeof changeProfile>('PATCH', '/api/me/profile', { body: change })
  }
}
