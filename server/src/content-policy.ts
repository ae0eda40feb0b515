import { afterPictureHash } from './pages/after-picture.ts'

/** Who may frame a player, as its workspace says; the sites were checked when they were written down. */
export const framesOf = (sites: string[]): string => (sites.length === 0 ? '*' : ["'self'", ...sites].join(' '))

/** What a page may load and who may frame it (https://www.w3.org/TR/CSP3/); `frameAncestors` is `'none'`, or who may for players in other sites' pages. */
export const contentPolicy = (frameAncestors: string) =>
  [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${afterPictureHash}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ')
