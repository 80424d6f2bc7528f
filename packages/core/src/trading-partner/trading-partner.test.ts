import { describe, expect, it } from 'vitest'
import { officeHours } from '../calendar/office-hours.ts'
import { Location, Party } from './trading-partner.ts'

const aSupplier = {
  tenant: 'acme',
  party: 'S100',
  name: 'Nordlicht Schrauben GmbH',
  roles: ['supplier', 'ship-from'],
  identifiers: [
    { scheme: 'gln', value: '4012345000009' },
    { scheme: 'vat', value: 'DE123456789' },
  ],
  channels: ['x12', 'email'],
  status: 'active',
  holds: [],
  calendar: officeHours,
}

describe('a trading partner', () => {
  it('has its roles, its numbers and the ways its documents come in (R-62)', () => {
    expect(Party.parse(aSupplier)).toEqual(aSupplier)
    expect(Party.safeParse({ ...aSupplier, roles: [] }).success).toBe(false)
    expect(Party.safeParse({ ...aSupplier, channels: ['pigeon'] }).success).toBe(false)
    const { tenant: __, ...ofNobody } = aSupplier
    expect(Party.safeParse(ofNobody).success).toBe(false)
    const { calendar: _, ...always } = aSupplier
    expect(Party.safeParse(always).success).toBe(true)
  })

  it('on hold names what is stopped', () => {
    expect(Party.safeParse({ ...aSupplier, status: 'on-hold', holds: ['payment'] }).success).toBe(
      true,
    )
    expect(Party.safeParse({ ...aSupplier, status: 'on-hold', holds: ['lunch'] }).success).toBe(
      false,
    )
  })
})

describe('a location', () => {
  const aDock = {
    tenant: 'acme',
    location: 'DC-NORTH',
    name: 'Distribution centre north',
    type: 'distribution-centre',
    gln: '4012345000016',
    calendar: officeHours,
  }

  it('has the hours it works, since every clock of the dock runs on them', () => {
    expect(Location.parse(aDock)).toEqual(aDock)
    const { calendar: _, ...timeless } = aDock
    expect(Location.safeParse(timeless).success).toBe(false)
  })

  it('is known by a location number of 13 digits', () => {
    expect(Location.safeParse({ ...aDock, gln: '40123450000' }).success).toBe(false)
  })
})
