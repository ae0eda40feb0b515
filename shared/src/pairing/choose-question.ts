import { pairingQuestions } from './questions.ts'
import { seeded, shuffled } from './random.ts'

/** A question that the people of a group had as seldom as can be: never, while there is one. @param had what they were asked before, all of it */
export function chooseQuestion(had: readonly string[], seed: string): string {
  const times = new Map<string, number>()
  for (const question of had) times.set(question, (times.get(question) ?? 0) + 1)
  const [first, ...others] = shuffled(pairingQuestions, seeded(seed))
  return others.reduce((best, each) => ((times.get(each) ?? 0) < (times.get(best) ?? 0) ? each : best), first!)
}
