/** A number as somebody types it, with a comma or a point; undefined for nothing, and for what is no number. */
export function numberTyped(text: string): number | undefined {
  const number = Number(text.trim().replace(',', '.').replace('\u2212', '-'))
  return text.trim() !== '' && Number.isFinite(number) ? number : undefined
}
