/** The value of a cookie in a request's header; undefined where it is not sent. */
export const cookieIn = (cookies = '', name: string): string | undefined =>
  cookies
    .split(';')
    .map((cookie) => cookie.trim().split('='))
    .find(([key]) => key === name)?.[1]
