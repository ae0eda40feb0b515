import { type AST, parse } from 'svelte/compiler'
import { marked, piecesOf, type Texts } from './marked-text.ts'

export type Node = { type: string; start: number; end: number; [field: string]: unknown }
type Edit = { start: number; end: number; text: string }
/** The functions of a file that say messages, by the name that they have there, each with its room. */
export type Sayers = Map<string, string>

/** What the marked forms of a plural are given to. */
export const sayPlural = { name: 'sayPlural', from: 'messages/say-plural.ts' }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

const childrenOf = (node: Node): Node[] =>
  Object.entries(node).flatMap(([field, value]) =>
    field === 'metadata' ? [] : Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  )

/** A text as it may stand in a template literal. */
const inTemplate = (text: string) => text.replace(/[`\\]|\$(?=\{)/g, '\\$&')

const namesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${name}`)

/**
 * Writes a source anew in which what messages say stands, marked, in the place of the call that says it. Calls that choose their key while
 * they run stay, and so do those whose languages have their names in different orders.
 */
export class WrittenInPlace {
  #usesPlural = false
  readonly #source: string
  readonly #sayers: Sayers
  readonly #languages: Texts[]
  readonly #imports: Node[] = []
  /** The names that are still used. */
  readonly #left = new Set<string>()

  /** @param languages the texts of each language; the first is the original */
  constructor(source: string, sayers: Sayers, languages: Texts[]) {
    this.#source = source
    this.#sayers = sayers
    this.#languages = languages
  }

  /**
   * All of the source. What nothing calls any more is not imported either: it would take its catalogue along.
   * @param importPlural imports what says plurals, at a place in the source where an import may stand
   */
  all(nodes: Node[], importPlural: Omit<Edit, 'end'>): string {
    const edits = nodes.flatMap((node) => this.#edits(node))
    const unused = this.#imports.filter((node) =>
      namesOfImport(node).every(({ local }) => this.#sayers.has(local) && !this.#left.has(local)),
    )
    const added = this.#usesPlural ? [{ ...importPlural, end: importPlural.start }] : []
    return this.#apply(0, this.#source.length, [
      ...added,
      ...edits,
      ...unused.map(({ start, end }) => ({ start, end, text: '' })),
    ])
  }

  #part(node: Node): string {
    return this.#apply(node.start, node.end, this.#edits(node))
  }

  #apply(start: number, end: number, edits: Edit[]): string {
    let [text, at] = ['', start]
    for (const edit of edits.sort((a, b) => a.start - b.start)) {
      text += this.#source.slice(at, edit.start) + edit.text
      at = edit.end
    }
    return text + this.#source.slice(at, end)
  }

  #edits(node: Node): Edit[] {
    if (node.type === 'ImportDeclaration') {
      if (namesOfImport(node).length > 0) this.#imports.push(node)
      return []
    }
    if (node.type === 'Identifier') this.#left.add(`${node.name}`)
    const edit = this.#asMarkup(node) ?? this.#asCode(node)
    return edit === null
      ? childrenOf(node).flatMap((child) => this.#edits(child))
      : [{ start: node.start, end: node.end, text: edit }]
  }

  /** `{say('key')}` becomes the text itself, so that the markup around it stays one piece. */
  #asMarkup(node: Node): string | null {
    if (node.type === 'Attribute' && isNode(node.value) && node.value.type === 'ExpressionTag') {
      const text = this.#plain(node.value.expression)
      return text === null ? null : `${node.name}="${text}"`
    }
    return node.type === 'ExpressionTag' ? this.#plain(node.expression) : null
  }

  /** Where the text needs no escape in HTML. */
  #plain(node: unknown): string | null {
    if (!isNode(node) || node.type !== 'CallExpression') return null
    const [key, ...values] = node.arguments as Node[]
    const room = this.#roomOf(node)
    if (room === null || values.length > 0 || key?.type !== 'Literal') return null
    const texts = this.#languages.map((language) => language.get(`${room}.${key.value}`))
    return texts.every((text) => text !== undefined && !/[<&{}"\\]/.test(text))
      ? marked(`${room}.${key.value}`, `${texts[0]}`)
      : null
  }

  #asCode(node: Node): string | null {
    const room = this.#roomOf(node)
    if (room === null) return null
    const [key, values, ...rest] = node.arguments as Node[]
    if (!key || rest.length > 0) return null
    return values ? this.#withValues(room, key, values) : this.#alone(room, key)
  }

  #roomOf(node: Node): string | null {
    const callee = node.type === 'CallExpression' && isNode(node.callee) ? node.callee : null
    return callee?.type === 'Identifier' ? (this.#sayers.get(`${callee.name}`) ?? null) : null
  }

  #alone(room: string, key: Node): string | null {
    if (key.type === 'ConditionalExpression') {
      const [yes, no] = [this.#alone(room, key.consequent as Node), this.#alone(room, key.alternate as Node)]
      if (yes === null || no === null) return null
      const test = key.test as Node
      return `(${this.#part(test)} ? ${yes} : ${no})`
    }
    const text = this.#text(room, key)
    return text === null ? null : JSON.stringify(marked(`${room}.${key.value}`, text))
  }

  #withValues(room: string, key: Node, values: Node): string | null {
    if (values.type !== 'ObjectExpression') return null
    const one = this.#text(room, key)
    if (one === null) return this.#plural(room, key, values)
    const names = namesOf(one)
    const isSameOrder = this.#languages.every(
      (language) => namesOf(language.get(`${room}.${key.value}`) ?? '').join() === names.join(),
    )
    // A count is written as the language writes numbers.
    if (!isSameOrder || new Set(names).size < names.length || names.includes('count')) return null
    const written = names.map((name) => this.#value(values, name))
    if (written.includes(null)) return null
    const pieces = piecesOf(one).map((piece, place) =>
      piece === '' && this.#isEmpty(`${room}.${key.value}#${place}`)
        ? ''
        : marked(`${room}.${key.value}#${place}`, inTemplate(piece)),
    )
    return `\`${pieces.map((piece, place) => piece + (place < written.length ? `\${${written[place]}}` : '')).join('')}\``
  }

  #plural(room: string, key: Node, values: Node): string | null {
    if (key.type !== 'Literal') return null
    const form = (name: string) => {
      const text = this.#languages[0]?.get(`${room}.${key.value}/${name}`)
      return text === undefined ? null : JSON.stringify(marked(`${room}.${key.value}/${name}`, text))
    }
    const [one, other] = [form('one'), form('other')]
    if (one === null || other === null) return null
    this.#usesPlural = true
    return `${sayPlural.name}(${one}, ${other}, ${this.#part(values)})`
  }

  #isEmpty = (key: string) => this.#languages.every((language) => language.get(key) === '')

  /** The message of a key that is written out, where it has no plural. */
  #text(room: string, key: Node): string | null {
    return key.type === 'Literal' ? (this.#languages[0]?.get(`${room}.${key.value}`) ?? null) : null
  }

  #value(values: Node, name: string): string | null {
    const property = (values.properties as Node[]).find(
      ({ type, computed, key }) => type === 'Property' && !computed && isNode(key) && (key.name ?? key.value) === name,
    )
    const value = property?.value
    return isNode(value) ? this.#part(value) : null
  }
}

const namesOfImport = (node: Node) =>
  (node.specifiers as Node[]).flatMap(({ type, imported, local }) =>
    type === 'ImportSpecifier' ? [{ imported: `${(imported as Node).name}`, local: `${(local as Node).name}` }] : [],
  )

/** The imports of a program: where from, and under which names. */
export const importsOf = (program: Node) =>
  (program.body as Node[]).flatMap((node) =>
    node.type === 'ImportDeclaration' ? [{ from: `${(node.source as Node).value}`, names: namesOfImport(node) }] : [],
  )

/** The programs of a component, the module's first, and all of it. */
export function parseComponent(source: string): { programs: Node[]; nodes: Node[] } {
  const { module, instance, fragment }: AST.Root = parse(source, { modern: true })
  const programs = [module, instance].flatMap((script) => (script ? [script.content as unknown as Node] : []))
  return { programs, nodes: [...programs, fragment as unknown as Node] }
}
