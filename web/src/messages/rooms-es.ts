import { es as bar } from './bar/es.ts'
import type { TranslatedRooms } from './rooms.ts'
import { es as settings } from './settings/es.ts'
import { es as signIn } from './sign-in/es.ts'

export const es: TranslatedRooms = {
  bar,
  settings,
  'sign-in': signIn,
}
