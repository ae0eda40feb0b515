import { languageHere } from './language-here.ts'
import { type Say, sayIn, type Translated } from './messages.ts'
import type { Rooms, TranslatedRooms } from './rooms.ts'

let rooms: TranslatedRooms | undefined

/** What rooms that are opened from now on say instead of English. */
export function speakIn(translated: TranslatedRooms): void {
  rooms = translated
}

/** What says the messages of a room in the language of the page. Its English comes with it, and is there at once. */
export const spoken = <Room extends keyof Rooms>(room: Room, english: Rooms[Room]): Say<Rooms[Room]> =>
  sayIn<Rooms[Room]>(languageHere, rooms?.[room] ?? (english as Translated<Rooms[Room]>))
