/** Whether two control numbers are one: partners drop leading zeros on the way. */
export const sameNumber = (a: string, b: string): boolean => dropZeros(a) === dropZeros(b)

/** Whether a stated count is the number found. Anything but digits is not. */
export const sameCount = (stated: string, found: number): boolean =>
  /^\d{1,15}$/.test(stated) && dropZeros(stated) === String(found)

const dropZeros = (text: string): string => text.replace(/^0+(?=.)/, '')
