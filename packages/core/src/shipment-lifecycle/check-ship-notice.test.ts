import { describe, expect, it } from 'vitest'
import { aPack, aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { checkShipNotice } from './check-ship-notice.ts'

const found = (notice: Parameters<typeof aShipNotice>[0]) =>
  checkShipNotice(aShipNotice(notice)).map(({ kind, actual }) => [kind, actual])

describe('a ship notice by itself', () => {
  it('has nothing wrong when packs, lots and days are complete (R-17)', () => {
    expect(
      found({
        packs: [
          aPack({ sscc: '340123450000000000' }),
          aPack({ packId: 'C1', level: 'carton', parentPackId: 'P1' }),
        ],
        lines: [aShipNoticeLine({ packId: 'C1', lots: [{ lot: 'L1', expiryDate: '2027-11-27' }] })],
      }),
    ).toEqual([])
  })

  it('names a handling unit twice, by its own number or its container code (R-17)', () => {
    expect(found({ packs: [aPack(), aPack()] })).toEqual([
      ['duplicate-pack', 'handling unit P1 is named twice'],
    ])
    const sscc = '340123450000000000'
    expect(found({ packs: [aPack({ sscc }), aPack({ packId: 'P2', sscc })] })).toEqual([
      ['duplicate-pack', 'handling unit 340123450000000000 is named twice'],
    ])
  })

  it.each([
    [
      'a container code with a wrong check digit',
      { packs: [aPack({ sscc: '340123450000000001' })] },
      'container code 340123450000000001 has a wrong check digit',
    ],
    [
      'a carton on a pallet that is not named',
      { packs: [aPack({ parentPackId: 'P9' })] },
      'handling unit P1 is in P9, which is not named',
    ],
    [
      'goods in a handling unit that is not named',
      { lines: [aShipNoticeLine({ packId: 'P9' })] },
      'handling unit P9 is not named in the notice',
    ],
    [
      'a lot without a number',
      { lines: [aShipNoticeLine({ lots: [{ expiryDate: '2027-01-01' }] })] },
      'a lot has neither a lot number nor a serial number',
    ],
    [
      'a lot that expires before it arrives',
      { lines: [aShipNoticeLine({ lots: [{ lot: 'L1', expiryDate: '2026-11-26' }] })] },
      'lot L1 expires on 2026-11-26, before it arrives',
    ],
    [
      'a serial number that expires before it leaves, where no arrival is named',
      {
        estimatedDeliveryDate: null,
        lines: [aShipNoticeLine({ lots: [{ serial: 'S1', expiryDate: '2026-11-24' }] })],
      },
      'lot S1 expires on 2026-11-24, before it arrives',
    ],
    [
      'no day at all',
      { estimatedDeliveryDate: null, shipDate: null },
      'neither the day it leaves nor the day it arrives is named',
    ],
  ] as const)('is incomplete with %s (R-17)', (_, notice, actual) => {
    expect(found(notice as never)).toEqual([['incomplete-ship-notice', actual]])
  })

  it('says at which line something is missing', () => {
    const notice = aShipNotice({
      lines: [aShipNoticeLine(), aShipNoticeLine({ documentLineNumber: '2', packId: 'P9' })],
    })
    expect(checkShipNotice(notice)).toMatchObject([
      { documentNumber: 'ASN-1', documentLineNumber: '2', orderNumber: '4711' },
    ])
  })
})
