import type { Readable } from 'node:stream'
import type { InterviewQuestion } from '@meanwhile/shared/contract/interviews'
import type { Scorecard } from '@meanwhile/shared/contract/scorecards'
import { spokenTime } from '@meanwhile/shared/media/time-code'
import { cardsIn, type ExportedCandidate } from './candidates-csv.ts'
import { type Paper, paperOf } from './paper.ts'
import type { Said } from './said-by.ts'
import { answeredBy, dayWords, decisionNames, recommendationNames, sealWords, stateNames } from './sheet-words.ts'

/** @param publicUrl where links to answers lead */
export type SheetNeeds = { positionTitle: string; publicUrl: string }

function addAnswer(paper: Paper, said: Said, publicUrl: string) {
  const { way, durationMs, text, updateId } = said
  paper.quiet(answeredBy[way] + (durationMs ? `, ${spokenTime(durationMs)}` : ''))
  if (text) paper.text(text)
  const link = `${publicUrl}/u/${updateId}`
  paper.quiet(link, link)
}

function addCard(
  paper: Paper,
  { reviewer, scores, note, recommendation, changedAfterAt }: Scorecard,
  questions: InterviewQuestion[],
) {
  paper.strong(recommendation ? `${reviewer.name}: ${recommendationNames[recommendation]}` : reviewer.name)
  if (changedAfterAt) paper.quiet('Changed after others’ scores were shown')
  for (const { id, text } of questions.flatMap(({ rubric }) => rubric)) {
    const found = scores.find(({ lineId }) => lineId === id)
    paper.text(`${text}: ${found?.score ? `${found.score} of 5` : 'not judged'}`)
    if (found?.note) paper.quiet(found.note)
  }
  if (note) paper.text(note)
}

function addReview(paper: Paper, { content, review }: ExportedCandidate) {
  const cards = cardsIn(review)
  const seal = sealWords(review)
  paper.heading('Scorecards')
  for (const card of cards) addCard(paper, card, content.questions)
  if (seal) paper.quiet(seal)
  else if (cards.length === 0) paper.quiet('None yet')

  paper.heading('Decision')
  if (!review.decision) return paper.quiet('Not decided yet')
  const { decision, reason, by, at } = review.decision
  paper.strong(`${decisionNames[decision]}${by ? `, by ${by.name}` : ''}, ${dayWords(at)}`)
  paper.text(reason)
}

/** One candidate as a PDF: what the sheet for paper shows this viewer. What is sealed for them is not in it. */
export function sheetPdf(
  candidate: ExportedCandidate,
  said: readonly Said[],
  { positionTitle, publicUrl }: SheetNeeds,
): Readable {
  const { invitation, content } = candidate
  const name = invitation.name || 'A candidate who withdrew'
  const paper = paperOf(`${name}, ${positionTitle}`)
  paper.quiet(positionTitle)
  paper.title(name)
  const handedIn = invitation.submittedAt ? `, handed in on ${dayWords(invitation.submittedAt)}` : ''
  paper.quiet(`${stateNames[invitation.state]}${handedIn}`)
  const isIn = invitation.state === 'submitted'
  for (const [index, question] of content.questions.entries()) {
    paper.heading(`${index + 1}. ${question.text || 'A question by video'}`)
    const answer = isIn ? said.find(({ questionId }) => questionId === question.id) : undefined
    if (answer) addAnswer(paper, answer, publicUrl)
    else if (isIn) paper.quiet('Not answered')
  }
  if (isIn) addReview(paper, candidate)
  paper.end()
  return paper.output
}
