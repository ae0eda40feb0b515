import type { Translated } from './messages.ts'
import { en, type ShellMessages } from './shell/en.ts'

/** What is around every page: in English until `speak` fills in another language. */
export const shell: Translated<ShellMessages> = $state(en)
