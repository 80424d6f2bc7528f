import { describe, expect, it } from 'vitest'
import { refusalOfRelease, type ReleaseAsk } from './may-release.ts'

describe('who may release a version', () => {
  it.each<[string, ReleaseAsk, RegExp | null]>([
    ['somebody who did not write it', { by: 'bob', approvedBy: null, authors: ['ann'] }, null],
    ['its author, with a second person', { by: 'ann', approvedBy: 'bob', authors: ['ann'] }, null],
    ['not its author alone', { by: 'ann', approvedBy: null, authors: ['ann'] }, /alone/],
    [
      'not one of two authors with the other',
      { by: 'ann', approvedBy: 'cy', authors: ['ann', 'cy'] },
      /second person/,
    ],
    [
      'nobody as their own second person',
      { by: 'bob', approvedBy: 'bob', authors: ['ann'] },
      /second person/,
    ],
    ['nobody where the author is unknown', { by: 'bob', approvedBy: null, authors: [] }, /nobody/],
  ])('is %s', (_, ask, reason) => {
    const refusal = refusalOfRelease(ask)
    if (reason === null) expect(refusal).toBeNull()
    else expect(refusal).toMatch(reason)
  })
})
