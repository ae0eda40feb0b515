import type { Page } from 'playwright-core'

/**
 * The texts of a page whose contrast with what is behind them is below WCAG 2.2 AA (1.4.3): 4.5, or 3 for large ones. Texts over
 * pictures and in disabled controls are left out.
 */
export const faintTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    type Color = [red: number, green: number, blue: number, alpha: number]
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D
    const read = (text: string): Color => {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = text
      canvas.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data
      return [red, green, blue, alpha / 255]
    }
    const over = ([r, g, b, a]: Color, below: Color): Color => {
      const mix = (one: number, other: number) => one * a + other * (1 - a)
      return [mix(r, below[0]), mix(g, below[1]), mix(b, below[2]), 1]
    }
    const luminance = ([r, g, b]: Color) => {
      const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
      return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }
    /** Null over a picture, whose colours nobody knows. */
    function ground(element: Element | null): Color | null {
      if (!element) return read(matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#ffffff')
      if (element.querySelector(':scope > video, :scope > img') || getComputedStyle(element).backgroundImage !== 'none')
        return null
      const own = read(getComputedStyle(element).backgroundColor)
      if (own[3] === 1) return own
      const below = ground(element.parentElement)
      return below && over(own, below)
    }
    const faint: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const text = node.textContent?.trim()
      if (!element || !text || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      if (element.closest(':disabled, .player, option') || element.getBoundingClientRect().width <= 1) continue
      const behind = ground(element)
      if (!behind) continue
      const style = getComputedStyle(element)
      const opacity = Number(style.opacity)
      const [r, g, b, a] = read(style.color)
      const [one, other] = [luminance(over([r, g, b, a * opacity], behind)), luminance(behind)]
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
      const size = Number.parseFloat(style.fontSize)
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      if (contrast < (isLarge ? 3 : 4.5)) faint.push(`${contrast.toFixed(2)} “${text.slice(0, 40)}” ${style.color}`)
    }
    return faint
  })
