const minute = 60
const hour = 60 * minute

/** How long after each failure the next attempt is made: for a slip at once, for a night without anybody until the next day. */
const delays = [5, 30, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour]

/** Seconds until the next attempt, by how many there were; null when it is given up. A quarter of it is chance, so that they spread. */
export function retryAfterSeconds(attempts: number, chance = Math.random()): number | null {
  const delay = delays[attempts - 1]
  return delay === undefined ? null : Math.round(delay * (0.875 + chance / 4))
}
