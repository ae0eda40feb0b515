/** An `attachment` header for any name (RFC 6266, RFC 5987): nothing in the name can end the header or become a path. */
export function contentDisposition(name: string): string {
  const clean = name
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '-')
    .trim()
  const ascii = clean.replace(/[^ -~]/g, '_')
  const encoded = encodeURIComponent(Buffer.from(clean).toString()).replace(
    /['()]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
