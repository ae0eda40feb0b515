import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

const { resolve } = createRequire(import.meta.url)
/** From a package: a machine may have no fonts at all. What they have no sign for shows as an empty box. */
const fonts = {
  plain: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  strong: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
}
const ink = '#1a1a1a'
const quiet = '#555555'

/** A PDF that grows downwards; `output` is read while it is written, and ends with `end`. */
export function paperOf(title: string) {
  const output = new PDFDocument({
    size: 'A4',
    margin: 56,
    font: fonts.plain,
    info: { Title: title },
    displayTitle: true,
    fontLayoutCache: false,
  })
  output.registerFont('plain', fonts.plain).registerFont('strong', fonts.strong)
  // Line ends and signs that are nothing to see would show as boxes.
  const clean = (text: string) =>
    text
      .replace(/\r\n?/g, '\n')
      .replace(/\t/g, '    ')
      .replace(/[^\P{C}\n\u200c\u200d]/gu, '')
      // A word that is wider than the paper is measured again from its beginning for each line that it takes.
      .replace(/\S{60}(?=\S)/gu, '$&\n')
  const say = (font: keyof typeof fonts, size: number, colour: string, gap: number) => (text: string, link?: string) => {
    output.font(font).fontSize(size).fillColor(colour)
    output.text(clean(text), { paragraphGap: gap, lineGap: 2, ...(link && { link, underline: true }) })
  }
  return {
    output,
    title: say('strong', 20, ink, 4),
    heading(text: string) {
      // Nothing stands alone at the end of a page.
      if (output.y > output.page.height - 130) output.addPage()
      else output.moveDown(0.8)
      say('strong', 12, ink, 4)(text)
    },
    strong: say('strong', 10, ink, 3),
    text: say('plain', 10, ink, 3),
    quiet: say('plain', 9, quiet, 3),
    end: () => output.end(),
  }
}
export type Paper = ReturnType<typeof paperOf>
