/** Numbers that look random and are the same for the same seed. */
export function seeded(seed: number) {
  let state = seed >>> 0
  /** From 0 to 1 (mulberry32). */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    between: (least: number, most: number): number => least + next() * (most - least),
    /** Another sequence, for the run of this number: what one run draws does not move the next one. */
    branch: (run: number) => seeded(Math.imul(seed, 7919) + run),
    shuffled<T>(items: readonly T[]): T[] {
      const keyed = items.map((item) => [next(), item] as const)
      return keyed.toSorted(([a], [b]) => a - b).map(([, item]) => item)
    },
  }
}
export type Random = ReturnType<typeof seeded>
