const words = `every recording becomes an update that people watch later and answer at the exact second while nobody waits for a meeting
the author speaks over a table of numbers or a page of code and whoever watches must be able to read each line without asking what it said
small letters are where an encoder saves first therefore this page is written in twelve pixels and read again from a frame of the recording`

/** What is written on the page of small text: common words in changing order. */
export const text: string[] = words
  .split(/\s+/)
  .flatMap((_, index, all) => [all[(index * 7) % all.length], all[(index * 11) % all.length], all[index]] as string[])
