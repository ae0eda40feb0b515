import { seeded, shuffled } from './random.ts'

/** Somebody to be paired, and where they meet others anyway: channels, check-ins. */
export type Pairable = { id: string; places: ReadonlySet<string> }
/** Two people who were paired; `ago` is 1 for the last time. */
export type Met = { a: string; b: string; ago: number }

/** More than any number of places that people have in common. */
const onceMet = 1_000_000

const keyOf = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`)

function common(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  let count = 0
  for (const place of few) if (many.has(place)) count++
  return count
}

/** How little it is worth that two people meet: those who were paired lately most, then those who have much in common. */
function costs(met: readonly Met[]) {
  const times = new Map<string, number>()
  for (const { a, b, ago } of met) times.set(keyOf(a, b), (times.get(keyOf(a, b)) ?? 0) + onceMet / Math.max(1, ago))
  return (a: Pairable, b: Pairable) => common(a.places, b.places) + (times.get(keyOf(a.id, b.id)) ?? 0)
}
type Cost = ReturnType<typeof costs>
type Pair = [Pairable, Pairable]

/** Everybody, in turn, with whom of the rest it is worth most; of an odd number the last is left. */
function pairUp(people: Pairable[], cost: Cost): { pairs: Pair[]; left: Pairable | undefined } {
  const waiting = [...people]
  const pairs: Pair[] = []
  while (waiting.length > 1) {
    const one = waiting.pop()!
    let best = 0
    let least = Number.POSITIVE_INFINITY
    for (const [index, other] of waiting.entries()) {
      const price = cost(one, other)
      if (price < least) [best, least] = [index, price]
    }
    pairs.push([one, waiting[best]!])
    // The place of who is taken goes to the last: nothing moves up.
    const last = waiting.pop()!
    if (best < waiting.length) waiting[best] = last
  }
  return { pairs, left: waiting[0] }
}

/** How often all pairs are compared: each time costs as much as pairing them up. */
const rounds = 3

/** Who was left with bad partners in the end changes them with others, where both pairs together gain. */
function exchange(pairs: Pair[], cost: Cost): void {
  for (let round = 0, changed = true; changed && round < rounds; round++) {
    changed = false
    for (let first = 0; first < pairs.length; first++)
      for (let second = first + 1; second < pairs.length; second++) {
        const [a, b] = pairs[first]!
        const [c, d] = pairs[second]!
        const now = cost(a, b) + cost(c, d)
        if (now === 0) continue
        const [across, along] = [cost(a, c) + cost(b, d), cost(a, d) + cost(b, c)]
        if (Math.min(across, along) >= now) continue
        ;[pairs[first], pairs[second]] =
          across <= along
            ? [
                [a, c],
                [b, d],
              ]
            : [
                [a, d],
                [b, c],
              ] // prettier-ignore
        changed = true
      }
  }
}

/**
 * Groups of two, and one of three where the number is odd, of people who have little to do with each other and were not paired lately.
 * The same people, history and seed give the same groups, in whatever order they come. Nobody is left over; one person alone is no group.
 * @returns the ids
 */
export function match(people: readonly Pairable[], met: readonly Met[], seed: string): string[][] {
  if (people.length < 2) return []
  const cost = costs(met)
  const order = shuffled(
    people.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    seeded(seed),
  )
  const { pairs, left } = pairUp(order, cost)
  exchange(pairs, cost)
  const groups: Pairable[][] = pairs
  if (left) {
    const price = ([a, b]: Pair) => cost(a, left) + cost(b, left)
    let best = 0
    for (const [index, pair] of pairs.entries()) if (price(pair) < price(pairs[best]!)) best = index
    groups[best] = [...pairs[best]!, left]
  }
  return groups.map((group) => group.map(({ id }) => id))
}
