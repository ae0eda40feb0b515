/** How long a browser may take to begin with a download. */
const keptMs = 60_000

/** Saves a file under a name, as a click on a download does. */
export function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), keptMs)
}
