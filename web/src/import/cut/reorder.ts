/** The packets of a picture as the cutter looks at them: when each is shown, in seconds and in the order of decoding. */
export type Shown = { timestamp: number; isKey: boolean }

/** What a cut needs to know of a picture. `delay` is by how many seconds frames are decoded before they are shown, at most. */
export type PictureScan = {
  first: number
  last: number
  longestKeyGap: number
  delay: number
  startsWithKey: boolean
  isOpen: boolean
}

/** Sums up packets as they come, a group of pictures at a time. */
export function scanPicture() {
  const scan: PictureScan = { first: 0, last: 0, longestKeyGap: 0, delay: 0, startsWithKey: false, isOpen: false }
  let group: number[] = []
  let count = 0
  let keyAt = 0

  /** A frame is decoded when, by time, its turn would be: what is shown earlier than that had to wait for it. */
  function endGroup() {
    const inOrder = group.toSorted((a, b) => a - b)
    for (const [index, timestamp] of group.entries()) scan.delay = Math.max(scan.delay, (inOrder[index] ?? timestamp) - timestamp)
    group = []
  }
  return {
    add({ timestamp, isKey }: Shown) {
      if (count++ === 0) {
        scan.first = scan.last = keyAt = timestamp
        scan.startsWithKey = isKey
      }
      if (isKey) {
        endGroup()
        scan.longestKeyGap = Math.max(scan.longestKeyGap, timestamp - keyAt)
        keyAt = timestamp
      }
      // Shown before the key frame that it is decoded behind: it leans on the group before.
      else if (timestamp < keyAt) scan.isOpen = true
      group.push(timestamp)
      scan.first = Math.min(scan.first, timestamp)
      scan.last = Math.max(scan.last, timestamp)
    },
    /** Null when there was no packet. */
    end(): PictureScan | null {
      if (count === 0) return null
      endGroup()
      return { ...scan, longestKeyGap: Math.max(scan.longestKeyGap, scan.last - keyAt) }
    },
  }
}
