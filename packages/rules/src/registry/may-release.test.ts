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

  it.each([
    ['a blank behind it', 'ann ', 'ann'],
    ['two blanks within', 'Ann  Lee', 'ann lee'],
    ['a capital letter', 'Ann', 'ann'],
    ['a letter of two code points', 'Jose\u0301', 'jos\u00E9'],
    ['a character without width', 'an\u200Bn', 'ann'],
    ['letters of full width', '\uFF41nn', 'ann'],
  ])('is not its author under a name with %s', (_, by, author) => {
    expect(refusalOfRelease({ by, approvedBy: null, authors: [author] })).toMatch(/alone/)
    expect(refusalOfRelease({ by: author, approvedBy: null, authors: [by] })).toMatch(/alone/)
    expect(refusalOfRelease({ by: author, approvedBy: by, authors: [author] })).toMatch(/second/)
    expect(refusalOfRelease({ by: 'bob', approvedBy: by, authors: [author] })).toMatch(/second/)
  })

  it.each([
    { by: '\u200B', approvedBy: null },
    { by: 'ann', approvedBy: ' ' },
  ])('is not a name that is blank: %o', (names) => {
    expect(refusalOfRelease({ ...names, authors: ['ann'] })).toMatch(/a name is blank/)
  })
})
