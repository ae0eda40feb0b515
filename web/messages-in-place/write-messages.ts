import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type Plugin, parseAst } from 'vite'
import { marked, textsIn } from './marked-text.ts'
import { importsOf, type Node, parseComponent, type Sayers, sayPlural, WrittenInPlace } from './write-in-place.ts'

type Messages = Record<string, string | Record<string, string>>
/** The catalogue of each room. */
export type Rooms = Record<string, Messages>

const sayer = /export const (\w+) = (?=spoken\('([\w-]+)')/g

/**
 * Writes messages in the place of the calls that say them, marked for `write-languages.ts`. A page then carries its own texts, without
 * keys, and costs what it would in one language.
 * @param src the folder of the sources
 * @param original what stands between the marks
 * @param others the same rooms in each other language
 */
export const writeMessages = (src: string, original: Rooms, others: Rooms[]): Plugin => {
  const languages = [original, ...others].map(textsIn)
  return {
    name: 'write-messages',
    apply: 'build',
    enforce: 'pre',
    async transform(code, id) {
      const path = relative(src, id)
      const [, room = ''] = /^messages\/([\w-]+)\/en\.ts$/.exec(path) ?? []
      if (original[room]) return catalogueOf(room, original[room])
      if (!/^[^.][^?]*\.(ts|svelte)$/.test(path)) return null
      // Where nobody calls it any more, its catalogue goes with it.
      if (code.includes('= spoken(')) return code.replace(sayer, '$&/* @__PURE__ */ ')
      if (!code.includes("words.ts'")) return null
      const { programs, nodes } = path.endsWith('.svelte') ? parseComponent(code) : parseProgram(code)
      const sayers = await sayersOf(programs, dirname(id))
      if (sayers.size === 0) return null
      const importPlural = {
        start: programs.at(-1)?.start ?? 0,
        text: `import { ${sayPlural.name} } from '${join(src, sayPlural.from)}'\n`,
      }
      return new WrittenInPlace(code, sayers, languages).all(nodes, importPlural)
    },
  }
}

/** For the calls that choose their key while they run. */
const catalogueOf = (room: string, messages: Messages) => {
  const formsOf = (key: string, forms: Record<string, string>) =>
    Object.fromEntries(Object.entries(forms).map(([form, text]) => [form, marked(`${room}.${key}/${form}`, text)]))
  const entries = Object.entries(messages).map(([key, message]) => [
    key,
    typeof message === 'string' ? marked(`${room}.${key}`, message) : formsOf(key, message),
  ])
  return `export const en = ${JSON.stringify(Object.fromEntries(entries))}`
}

function parseProgram(code: string) {
  const program = parseAst(code, { lang: 'ts' }) as unknown as Node
  return { programs: [program], nodes: [program] }
}

async function sayersOf(programs: Node[], folder: string): Promise<Sayers> {
  const sayers: Sayers = new Map()
  for (const { from, names } of programs.flatMap(importsOf)) {
    if (!from.endsWith('words.ts')) continue
    const words = await readFile(join(folder, from), 'utf8')
    const rooms = new Map([...words.matchAll(sayer)].map(([, name, room]) => [name, `${room}`]))
    for (const { imported, local } of names) {
      const room = rooms.get(imported)
      if (room !== undefined) sayers.set(local, room)
    }
  }
  return sayers
}
