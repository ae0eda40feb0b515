/** What the file chooser shows first; the server decides by what is in a file. */
export const accepted = 'video/*,audio/*,.mkv,.mov,.m4v,.webm,.mp4,.mp3,.m4a,.aac,.wav,.ogg,.opus,.flac'

/** Whether something that is dragged is a file, and not a piece of text or a link. */
export const hasFiles = (data: Pick<DataTransfer, 'types'> | null): boolean => data?.types.includes('Files') ?? false
