import { expect, test } from 'vitest'
import { candidatesCsv, type ExportedCandidate } from './candidates-csv.ts'
import { fileName } from './sent-file.ts'

const at = new Date('2026-11-28T10:00:00Z')
const reviewer = (name: string) => ({ id: name, name, picture: null })
const card = (name: string, score: number | null, note = '') => ({
  reviewer: reviewer(name),
  scores: [{ lineId: 'clear', score, note: '' }],
  note,
  recommendation: 'yes' as const,
  submittedAt: at,
  changedAfterAt: null,
})
const candidate = (name: string, review: Partial<ExportedCandidate['review']>): ExportedCandidate => ({
  invitation: {
    ...{ id: name, name, alias: null, email: null, state: 'submitted', version: 1, questions: 1, answered: 1 },
    ...{
      createdAt: at,
      startedAt: at,
      submittedAt: at,
      deadlineAt: null,
      url: null,
      accommodation: null,
      reopened: null,
      letter: null,
      isByOpenLink: false,
    },
  },
  content: {
    intro: { text: '', videoUpdateId: null },
    questions: [
      {
        ...{
          id: 'why',
          text: 'Why?',
          videoUpdateId: null,
          answerLimitMs: 60_000,
          retakes: null,
          thinkTimeMs: null,
          ways: ['text'],
        },
        rubric: [{ id: 'clear', text: 'Is clear' }],
      },
    ],
    outro: { text: '', videoUpdateId: null },
  },
  review: { mine: null, others: null, submitted: 0, decision: null, ...review },
})
const lastCells = (line = '', count = 3) => line.split(',').slice(-count)

test('each reviewer has a column a line of the rubric; what is sealed, a draft or not judged is empty', () => {
  const csv = candidatesCsv([
    candidate('Kim', { mine: card('Ada', 4), others: [card('Ben', null, 'Fine')] }),
    candidate('Lou', { mine: { ...card('Ada', 1), submittedAt: null }, others: null, submitted: 2 }),
  ])
  const [head, kim, lou] = csv.split('\r\n')
  expect(lastCells(head, 6)).toEqual([
    '"Ada: Is clear"',
    '"Ada: recommendation"',
    '"Ada: note"',
    '"Ben: Is clear"',
    '"Ben: recommendation"',
    '"Ben: note"',
  ])
  expect(lastCells(kim, 6)).toEqual(['"4"', '"yes"', '""', '""', '"yes"', '"Fine"'])
  expect(lastCells(lou, 7)).toEqual(['"2"', '""', '""', '""', '""', '""', '""'])
})

test('nothing that a candidate or a reviewer wrote is computed by a spreadsheet (CWE-1236)', () => {
  for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1'])
    expect(candidatesCsv([candidate(evil, { mine: card('Ada', 3, evil) })])).toContain(`"'${evil}"`)
})

test('a candidate cannot name a path', () => {
  expect(['../../etc/passwd', 'a\u202Eb', '  Kim: "x" ', '...', 'Ана Руис'].map(fileName)).toEqual([
    'etc passwd',
    'a b',
    'Kim x',
    'Candidate',
    'Ана Руис',
  ])
})
