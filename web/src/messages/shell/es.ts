import type { Translated } from '../messages.ts'
import type { ShellMessages } from './en.ts'

export const es: Translated<ShellMessages> = {
  skip: 'Ir al contenido',
  main: 'Menú principal',
  home: 'Meanwhile, lo que le espera',
  record: 'Grabar',
  account: 'Cuenta',
  loading: 'Cargando la página',
  failed: 'No se ha podido cargar esta página',
  failedWhy: 'Puede que haya una versión nueva o que no haya conexión.',
  reload: 'Cargar de nuevo',
  again: 'Intentar de nuevo',
  close: 'Cerrar',
}
