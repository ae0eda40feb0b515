import { expect, test } from 'vitest'
import { candidatesIn, deadlineIn, textOf } from './csv-candidates.ts'

const now = new Date('2026-11-28T12:00:00Z')
const read = (text: string, invited: string[] = []) => candidatesIn(text, { invited, now })
const namesIn = (text: string) => read(text).good.map(({ name }) => name)

test('reads rows by the names of their columns, whatever their order', () => {
  const { good, bad } = read('Email,Name\nana@example.org,Ana Ruiz\n,Ben\n')
  expect(good).toEqual([
    { row: 2, name: 'Ana Ruiz', email: 'ana@example.org', deadlineAt: null, language: null },
    { row: 3, name: 'Ben', email: null, deadlineAt: null, language: null },
  ])
  expect(bad).toEqual([])
})

test.each([
  ['without names of columns', 'Ana Ruiz,ana@example.org', ['Ana Ruiz']],
  ['between semicolons, with a mark of its encoding', '\uFEFFname;email\r\nJörg Müßig;joerg@example.org\r\n', ['Jörg Müßig']],
  ['between tabs, as pasted from a spreadsheet', 'name\temail\nAna\tana@example.org\nBen\tben@example.org', ['Ana', 'Ben']],
  ['in quotation marks, with what separates in them', 'name,email\n"Ruiz, ""Ana""",ana@example.org', ['Ruiz, "Ana"']],
  ['in one column', 'name\nAna\n\nBen\n', ['Ana', 'Ben']],
])('reads what is %s', (_, text, names) => expect(namesIn(text)).toEqual(names))

test('says of every row that cannot be invited which it is, what is wrong and what to do', () => {
  const text = [
    'name,email,deadline',
    'Ana,ana@example.org,2026-12-31',
    ',nobody@example.org,',
    'Ben,ben at example.org,',
    'Cem,ANA@example.org,',
    'Dia,known@example.org,',
    'Eli,eli@example.org,12/1/2026',
    'Fay,fay@example.org,2026-11-01',
    'Gil,gil@example.org,,more',
    '',
    'Hua,,',
  ].join('\n')
  const { good, bad } = read(text, ['Known@example.org'])
  expect(good.map(({ row, name }) => [row, name])).toEqual([
    [2, 'Ana'],
    [11, 'Hua'],
  ])
  expect(bad.map(({ row, who, what }) => [row, who, what])).toEqual([
    [3, 'nobody@example.org', 'No name'],
    [4, 'Ben', '“ben at example.org” is not an email address'],
    [5, 'Cem', 'ANA@example.org is in row 2 too'],
    [6, 'Dia', 'known@example.org is invited already'],
    [7, 'Eli', '“12/1/2026” is not a date'],
    [8, 'Fay', '2026-11-01 has passed'],
    [9, 'Gil', 'More columns than the others'],
  ])
  expect(bad.every(({ next }) => next.endsWith('.'))).toBe(true)
})

test.each([
  ['in a column of its own', 'name,language\nAna,es\nBen,DE\nCem,'],
  ['in German', 'Sprache;Name\nes;Ana\nde;Ben\n;Cem'],
  ['behind the deadline without names of columns', 'Ana,,,es\nBen,,,de\nCem'],
])('reads the language of letters %s', (_, text) => {
  const { good, bad } = read(text)
  expect(good.map(({ name, language }) => [name, language])).toEqual([
    ['Ana', 'es'],
    ['Ben', 'de'],
    ['Cem', null],
  ])
  expect(bad).toEqual([])
})

test('says which languages there are where a row has another', () => {
  const { good, bad } = read('name,language\nAna,fr\nBen,toString\nCem,en')
  expect(good.map(({ name }) => name)).toEqual(['Cem'])
  expect(bad).toEqual([
    { row: 2, who: 'Ana', what: 'No mails are in “fr”', next: 'Write one of these, or leave it empty: en, de, es.' },
    { row: 3, who: 'Ben', what: 'No mails are in “toString”', next: 'Write one of these, or leave it empty: en, de, es.' },
  ])
})

test('takes 500 at once', () => {
  const { good, bad } = read(Array.from({ length: 502 }, (_, index) => `Person ${index}`).join('\n'))
  expect(good).toHaveLength(500)
  expect(bad.map(({ row }) => row)).toEqual([501, 502])
})

test.each([
  ['', 'There is nothing in it'],
  ['\n \n', 'There is nothing in it'],
  ['name,email', 'There is no row'],
  ['email\nana@example.org', 'No column is called “name”'],
  ['name,email\n"Ana,ana@example.org', 'A quotation mark is not closed'],
])('says what is wrong with %j as a whole', (text, problem) => expect(read(text).problem).toContain(problem))

test.each([
  ['2026-12-31', new Date(2026, 11, 31, 23, 59)],
  ['2026-12-31 18:00', new Date(2026, 11, 31, 18, 0)],
  ['2026-12-31T18:00:00Z', new Date('2026-12-31T18:00:00Z')],
  ['31.12.2026', new Date(2026, 11, 31, 23, 59)],
  ['31.12.2026, 9:30', new Date(2026, 11, 31, 9, 30)],
  ['2026-02-30', null],
  ['2026-13-01', null],
  ['2026-12-31 25:00', null],
  ['12/31/2026', null],
  ['soon', null],
])('%s is a deadline, or none', (text, at) => expect(deadlineIn(text)).toEqual(at))

test.each([
  ['UTF-8', [0xef, 0xbb, 0xbf, 0x4a, 0xc3, 0xb6]],
  ['Windows-1252', [0x4a, 0xf6]],
  ['UTF-16', [0xff, 0xfe, 0x4a, 0x00, 0xf6, 0x00]],
])('reads umlauts in %s', (_, bytes) => expect(textOf(new Uint8Array(bytes))).toBe('Jö'))
