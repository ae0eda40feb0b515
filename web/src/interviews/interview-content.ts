import type { InterviewContent, InterviewQuestion, RubricLine } from '@meanwhile/shared/contract/interviews'
import { say } from './question-words.ts'

/** Before the first question, or after the last one. */
export type Words = InterviewContent['intro']

export const mostQuestions = 10
const advisedQuestions = 6
export const mostRubricLines = 8

const newId = () => crypto.randomUUID()

export const newLine = (): RubricLine => ({ id: newId(), text: '' })

export const newQuestion = (): InterviewQuestion => ({
  id: newId(),
  text: '',
  videoUpdateId: null,
  answerLimitMs: 300_000,
  retakes: null,
  thinkTimeMs: null,
  ways: ['video', 'audio'],
  rubric: [],
})

/** Another question that asks the same, with ids of its own: answers and scores name them. */
export const duplicateOf = (question: InterviewQuestion): InterviewQuestion => ({
  ...question,
  id: newId(),
  ways: [...question.ways],
  rubric: question.rubric.map(({ text }) => ({ ...newLine(), text })),
})

/** The list with one of it elsewhere; as it was when that is no place in it. */
export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const next = [...list]
  const to = from + by
  if (to < 0 || to >= next.length) return next
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(to, 0, item)
  return next
}

/** What is sent: rubric lines that nothing was written in are nothing. */
export const cleaned = ({ intro, questions, outro }: InterviewContent): InterviewContent => ({
  intro: { ...intro, text: intro.text.trim() },
  questions: questions.map((question) => ({
    ...question,
    text: question.text.trim(),
    rubric: question.rubric.map((line) => ({ ...line, text: line.text.trim() })).filter(({ text }) => text !== ''),
  })),
  outro: { ...outro, text: outro.text.trim() },
})

/** Whether two of them say the same. */
export const isSame = (one: InterviewContent, other: InterviewContent): boolean =>
  JSON.stringify(cleaned(one)) === JSON.stringify(cleaned(other))

/** What cannot be saved, by the place of the field: `questions.2.text`. */
export function faultsIn({ questions }: InterviewContent): Record<string, string> {
  const faults: Record<string, string> = {}
  for (const [index, { text, videoUpdateId, ways }] of questions.entries()) {
    if (text.trim() === '' && videoUpdateId === null) faults[`questions.${index}.text`] = say('fault.text')
    if (ways.length === 0) faults[`questions.${index}.ways`] = say('fault.ways')
  }
  return faults
}

/** The places of fields in what a server found wrong, which names them within the request. */
export const faultsOf = (errors: readonly { field: string; message: string }[]): Record<string, string> =>
  Object.fromEntries(
    errors.map(({ field, message }) => [field.replace(/^(body\.)?content\./, ''), say('fault.other', { problem: message })]),
  )

/** Advice on a whole interview; null where there is none to give. */
export const adviceOnCount = (questions: number): string | null =>
  questions > advisedQuestions ? say('adviceOnCount', { most: advisedQuestions }) : null

/** Advice on how often an answer may be given again. */
export const adviceOnRetakes = (retakes: number | null): string | null => (retakes === 0 ? say('adviceOnRetakes') : null)
