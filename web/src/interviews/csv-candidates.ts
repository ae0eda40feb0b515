import type { CandidateLanguage } from '@meanwhile/shared/contract/candidate-invitations'
import Papa from 'papaparse'
import { languages } from '../messages/languages.ts'
import { say } from './invite-words.ts'

/** Of a spreadsheet as people count them: the first one is 1, whatever is in it. */
type At = { row: number }
export type CsvCandidate = At & {
  name: string
  email: string | null
  deadlineAt: string | null
  /** Of their letters; null where the row says none. */
  language: CandidateLanguage | null
}
export type CsvFault = At & { who: string; what: string; next: string }
export type CsvReport = { good: CsvCandidate[]; bad: CsvFault[]; problem: string | null }

export const mostCandidates = 500
const longestName = 100

const names = {
  name: ['name', 'full name', 'candidate', 'vollständiger name', 'nom', 'nombre'],
  email: [
    'email',
    'e-mail',
    'mail',
    'email address',
    'e-mail address',
    'e-mail-adresse',
    'mailadresse',
    'correo',
    'correo electrónico',
  ],
  deadline: ['deadline', 'until', 'due', 'frist', 'bis', 'plazo'],
  language: ['language', 'lang', 'sprache', 'idioma', 'lengua'],
} as const
type Column = keyof typeof names
type Columns = Record<Column, number>
const inOrder: Columns = { name: 0, email: 1, deadline: 2, language: 3 }

/** As the server reads addresses: one that it refuses would keep all of them from being invited. */
const address = /^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/

/** Spreadsheets save in UTF-8, in UTF-16, or, in Western Europe, in Windows-1252. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Where each column is; null when the first row is not a head. */
function headIn(cells: readonly string[]): Columns | null {
  const place = (column: Column) => cells.findIndex((cell) => (names[column] as readonly string[]).includes(cell.toLowerCase()))
  const found = { name: place('name'), email: place('email'), deadline: place('deadline'), language: place('language') }
  return Object.values(found).some((index) => index >= 0) ? found : null
}

/** By the clock here; a day alone lasts until its end. Null for what is no date, or could be two. */
export function deadlineIn(text: string): Date | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2})?(Z)?)?$/.exec(text)
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? +(\d{1,2}):(\d{2}))?$/.exec(text)
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : dotted ? [dotted[3], dotted[2], dotted[1]] : []
  if (!year || !month || !day) return null
  const [hour, minute] = [iso?.[4] ?? dotted?.[4] ?? '23', iso?.[5] ?? dotted?.[5] ?? '59'].map(Number) as [number, number]
  const parts = [Number(year), Number(month) - 1, Number(day), hour, minute] as const
  const at = iso?.[6] ? new Date(Date.UTC(...parts)) : new Date(...parts)
  const isReal =
    Number(month) <= 12 && hour < 24 && minute < 60 && new Date(Date.UTC(parts[0], parts[1], parts[2])).getUTCDate() === parts[2]
  return isReal ? at : null
}

type Known = {
  /** Addresses that are invited already. */
  invited: readonly string[]
  now: Date
}

/** What of a table can be invited and what cannot, row by row. Columns are found by their names, without names by their order. */
export function candidatesIn(text: string, { invited, now }: Known): CsvReport {
  const table = text.replace(/^\uFEFF/, '')
  // Empty rows count as rows, and would hide what separates the others.
  const { delimiter } = Papa.parse<string[]>(table, {
    skipEmptyLines: true,
    preview: 50,
    delimitersToGuess: [',', ';', '\t', '|'],
  }).meta
  const { data, errors } = Papa.parse<string[]>(table, { delimiter })
  const rows = data.map((cells) => cells.map((cell) => cell.trim()))
  const first = rows.findIndex((cells) => cells.some(Boolean))
  const nothing = { good: [], bad: [] }
  if (first < 0) return { ...nothing, problem: say('csv.empty') }
  if (errors.some(({ code }) => code === 'MissingQuotes')) return { ...nothing, problem: say('csv.quotes') }
  const head = headIn(rows[first] ?? [])
  if (head && head.name < 0) return { ...nothing, problem: say('csv.noName') }
  const columns = head ?? inOrder
  const width = head ? (rows[first]?.length ?? 0) : Object.keys(inOrder).length
  const seen = new Map(invited.map((email) => [email.toLowerCase(), 0]))
  const report: CsvReport = { ...nothing, good: [], bad: [], problem: null }
  for (const [index, cells] of rows.entries()) {
    if (index < first + (head ? 1 : 0) || !cells.some(Boolean)) continue
    const row = index + 1
    const read = candidateIn(cells, columns, width, seen, now)
    if (report.good.length >= mostCandidates && !('what' in read))
      report.bad.push({
        row,
        who: read.name,
        what: say('csv.tooMany', { most: mostCandidates }),
        next: say('csv.tooManyNext'),
      })
    else if ('what' in read) report.bad.push({ row, ...read })
    else {
      report.good.push({ row, ...read })
      if (read.email) seen.set(read.email.toLowerCase(), row)
    }
  }
  if (report.good.length + report.bad.length === 0) report.problem = say('csv.noRow')
  return report
}

/** A language by its code, or by what it calls itself; null for anything else. */
function languageIn(text: string): CandidateLanguage | null {
  const asked = text.toLowerCase()
  const found = Object.entries(languages).find(([code, name]) => code === asked || name.toLowerCase() === asked)
  return found ? (found[0] as CandidateLanguage) : null
}

type Read = Omit<CsvCandidate, 'row'> | Omit<CsvFault, 'row'>

function candidateIn(cells: readonly string[], at: Columns, width: number, seen: ReadonlyMap<string, number>, now: Date): Read {
  const [name = '', email = '', deadline = ''] = [cells[at.name], cells[at.email], cells[at.deadline]]
  const written = cells[at.language] ?? ''
  const fault = (what: string, next: string) => ({ who: name || email, what, next })
  if (cells.slice(width).some(Boolean)) return fault(say('csv.wide'), say('csv.wideNext'))
  if (!name) return fault(say('csv.nameless'), say('csv.namelessNext'))
  if (name.length > longestName) return fault(say('csv.long'), say('csv.longNext', { most: longestName }))
  if (email && !address.test(email)) return fault(say('csv.address', { text: email }), say('csv.addressNext'))
  const before = seen.get(email.toLowerCase())
  if (email && before === 0) return fault(say('csv.known', { email }), say('csv.knownNext'))
  if (email && before) return fault(say('csv.twice', { email, row: before }), say('csv.twiceNext'))
  const until = deadline ? deadlineIn(deadline) : null
  if (deadline && !until) return fault(say('csv.date', { text: deadline }), say('csv.dateNext'))
  if (until && until <= now) return fault(say('csv.past', { date: deadline }), say('csv.pastNext'))
  const language = languageIn(written)
  if (written && !language)
    return fault(
      say('csv.language', { text: written }),
      say('csv.languageNext', { languages: Object.keys(languages).join(', ') }),
    )
  return { name, email: email || null, deadlineAt: until?.toISOString() ?? null, language }
}
