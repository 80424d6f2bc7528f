import { describe, expect, it } from 'vitest'
import { decimal } from '../decimal/decimal.ts'
import { parseExact } from '../decimal/exact.ts'
import {
  addFigures,
  compareFigures,
  divideFigures,
  figureOfInteger,
  isMoreThanPercent,
  minFigure,
  multiplyFigures,
  percentOfFigure,
  readFigure,
  roundFigure,
  subtractFigures,
  writeFigure,
  writePercent,
  zeroFigure,
} from './figure.ts'

const of = (text: string) => readFigure(decimal(text))
const third = divideFigures(of('1'), of('3'))

describe('figures', () => {
  it.each(['1', '10', '100', '1000'])('are divided by %s exactly, by moving the point', (by) => {
    expect(writeFigure(divideFigures(of('12.4'), of(by)))).toBe(
      { '1': '12.4', '10': '1.24', '100': '0.124', '1000': '0.0124' }[by],
    )
  })

  it('keep what never ends as a fraction', () => {
    expect(writeFigure(third)).toBe('0.3333333333')
    expect(writeFigure(addFigures(addFigures(third, third), third))).toBe('1')
    expect(writeFigure(multiplyFigures(third, of('6')))).toBe('2')
    expect(writeFigure(multiplyFigures(of('6'), third))).toBe('2')
    expect(writeFigure(multiplyFigures(third, divideFigures(of('3'), of('7'))))).toBe(
      '0.1428571429',
    )
    expect(writeFigure(divideFigures(third, third))).toBe('1')
    expect(writeFigure(divideFigures(of('2'), third))).toBe('6')
    expect(writeFigure(subtractFigures(third, divideFigures(of('1'), of('7'))))).toBe(
      '0.1904761905',
    )
  })

  it('are compared without dividing', () => {
    expect(compareFigures(third, of('0.3333333333'))).toBe(1)
    expect(compareFigures(of('0.3333333334'), third)).toBe(1)
    expect(compareFigures(third, divideFigures(of('2'), of('6')))).toBe(0)
    expect(minFigure(of('2'), third)).toBe(third)
    expect(() => divideFigures(of('1'), zeroFigure)).toThrow()
  })

  it('are rounded once, and shown with the places asked for at least', () => {
    expect(writeFigure(roundFigure(third, 2, 'half-up'))).toBe('0.33')
    expect(writeFigure(roundFigure(of('2.675'), 2, 'half-even'), 2)).toBe('2.68')
    expect(writeFigure(of('5'), 2)).toBe('5.00')
    expect(writeFigure(of('5.12345'), 2)).toBe('5.12345')
    expect(writeFigure(figureOfInteger(-3))).toBe('-3')
  })

  it('are held against a percentage exactly, and show it with four places', () => {
    const five = parseExact(decimal('5'))
    expect(isMoreThanPercent(of('5'), five, of('100'))).toBe(false)
    expect(isMoreThanPercent(of('5.0000001'), five, of('100'))).toBe(true)
    expect(writeFigure(percentOfFigure(of('90'), five))).toBe('4.5')
    expect(writePercent(of('1'), of('3'))).toBe('33.3333')
    expect(writePercent(of('-2'), of('3'))).toBe('-66.6667')
    expect(writePercent(zeroFigure, of('3'))).toBe('0')
    expect(writePercent(of('1'), zeroFigure)).toBeNull()
  })
})
