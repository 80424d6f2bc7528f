/** Days from 1 January 1970 in the Gregorian calendar, negative before it. */
export type DayNumber = number

/** The day number of a year, month and day. Howard Hinnant's days-from-civil, without a date object. */
export const dayNumberOf = (year: number, month: number, day: number): DayNumber => {
  // Years start in March, so that the leap day is the last day of its year.
  const shiftedYear = month <= 2 ? year - 1 : year
  const era = Math.floor(shiftedYear / 400)
  const yearOfEra = shiftedYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The `YYYY-MM-DD` text of a day number within the years 0 to 9999. */
export const textOfDayNumber = (dayNumber: DayNumber): string => {
  const shifted = dayNumber + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

const pad = (value: number, length: number): string => String(value).padStart(length, '0')

/** The whole number written in ASCII digits from `start` up to `end` of a text. */
export const digitsAt = (text: string, start: number, end: number): number => {
  let value = 0
  for (let index = start; index < end; index += 1) value = value * 10 + text.charCodeAt(index) - 48
  return value
}
