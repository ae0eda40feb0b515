/** What somebody is doing with a comment. */
export type Doing = 'reading' | 'editing' | 'deleting' | 'resolving' | 'superseding' | 'history' | 'deciding'
