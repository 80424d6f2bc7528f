import { quoted } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

/** Compares CTT01, the number of lines the sender counted, with the lines that arrived. */
export const checkLineCount = (reading: SetReading, totals: Segment, linesFound: number): void => {
  const stated = elementText(totals, 1).replace(/^0+(?=.)/, '')
  if (stated === '' || stated === String(linesFound)) return
  note(
    reading,
    'x12-line-count',
    { segment: totals, element: 1 },
    {
      severity: 'warning',
      sentence: `CTT counts ${quoted(stated)} lines where ${linesFound} arrived: ask the sender whether one is missing`,
    },
  )
}
