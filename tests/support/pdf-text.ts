import { inflateSync } from 'node:zlib'

/** Objects of a PDF by their numbers, as they are written; what is deflated is inflated. */
function objectsIn(pdf: Buffer): Map<string, string> {
  const objects = new Map<string, string>()
  for (const [, number = '', body = ''] of pdf.toString('latin1').matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)) {
    const [, dictionary = '', stream] = /^(.*?)stream\n(.*)\nendstream/s.exec(body) ?? [body, body]
    const isDeflated = stream !== undefined && dictionary.includes('/FlateDecode')
    objects.set(number, isDeflated ? `${dictionary}${inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')}` : body)
  }
  return objects
}

const hexWords = (hex: string) => hex.match(/.{4}/g) ?? []
const utf16 = (hex: string) => String.fromCharCode(...hexWords(hex.replace(/\s/g, '')).map((word) => Number.parseInt(word, 16)))

/** What the codes of a font mean: the n-th entry of its lists is that of the code n. */
const meaningsIn = (map: string) =>
  [...map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/gs)].flatMap(([, , list = '']) =>
    [...list.matchAll(/<([0-9a-f ]*)>/g)].map(([, hex = '']) => utf16(hex)),
  )

/** The text of a PDF with embedded fonts as PDFKit writes it, a line each: read back by the fonts' own tables. */
export function pdfText(pdf: Buffer): string {
  const objects = objectsIn(pdf)
  const fonts = new Map<string, string[]>()
  for (const body of objects.values())
    for (const [, name = '', number = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number) ?? '')?.[1]
      if (map) fonts.set(name, meaningsIn(objects.get(map) ?? ''))
    }
  let font: string[] = []
  const lines: string[] = []
  for (const body of objects.values())
    for (const [, name, shown] of body.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
      if (name) font = fonts.get(name) ?? []
      else {
        const codes = [...(shown ?? '').matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hexWords(hex))
        lines.push(codes.map((code) => font[Number.parseInt(code, 16)] ?? '?').join(''))
      }
    }
  return lines.join('\n')
}
