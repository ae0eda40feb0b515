import { languageHere } from './language-here.ts'
import { type Catalogue, type Say, sayIn, type Translated } from './messages.ts'

/**
 * What says the messages of a room. Where the key is written out a build puts the message in the place of the call, and in the catalogue
 * that is left its language in the place of English (`web/messages-in-place`).
 */
export const spoken = <C extends Catalogue>(_room: string, messages: C): Say<C> =>
  sayIn<C>(languageHere, messages as unknown as Translated<C>)
