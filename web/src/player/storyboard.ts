/** One picture of a storyboard: a rectangle of a sprite sheet, and the part of the video that it stands for. */
export type Tile = { fromMs: number; toMs: number; sheet: string; x: number; y: number; width: number; height: number }

const time = (text: string): number => {
  const [seconds = 0, minutes = 0, hours = 0] = text.split(':').map(Number).reverse()
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000)
}

const cue = /^(?:[^\n]*\n)?([\d:.]+)[ \t]+-->[ \t]+([\d:.]+)[^\n]*\n([^\n#]+)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)/

/**
 * The tiles of a WebVTT storyboard, in its order: cues whose text is `sheet.jpg#xywh=x,y,w,h` (W3C Media Fragments §4.2.2).
 * Sheets come back resolved against the address of the index; whatever is no such cue is left out.
 */
export function parseStoryboard(vtt: string, url: string): Tile[] {
  return vtt
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .flatMap((block) => {
      const found = cue.exec(block.trim())
      if (!found) return []
      const [, from = '', to = '', sheet = '', ...box] = found
      const [x = 0, y = 0, width = 0, height = 0] = box.map(Number)
      return [{ fromMs: time(from), toMs: time(to), sheet: new URL(sheet.trim(), url).href, x, y, width, height }]
    })
}

/** The tile of a moment: the last one that has begun. Undefined when there are none. */
export const tileAt = (tiles: Tile[], ms: number): Tile | undefined => tiles.findLast((tile) => tile.fromMs <= ms) ?? tiles[0]
