import { describe, expect, it } from 'vitest'
import { isOpenCase } from '../exception/open-case.ts'
import { checkAgainstMaster } from '../masters/check-against-master.ts'
import type { MasterFile } from '../masters/master-file.ts'
import { masterOf } from '../masters/master.ts'
import { aMasterFile, aMasterItem, aMasterSupplier } from '../masters/masters.examples.ts'
import type { ShipNotice } from '../ship-notice/ship-notice.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { shipmentAggregate } from './decide-shipment.ts'
import {
  aCountedLine,
  aShipmentMessage,
  comparisonOf,
  tellShipment,
} from './shipment-lifecycle.examples.ts'
import { counted } from './shipment-papers.examples.ts'

/** A notice as the runtime tells it: with what was looked up about it. */
function lookedUp(document: ShipNotice, file: MasterFile) {
  const masters = checkAgainstMaster(masterOf(file), document)
  if (masters === null) throw new Error('nothing was looked up')
  const id = `${document.revision}/${document.lines[0]?.item.buyerItem ?? ''}`
  return aShipmentMessage('ship-notice.received', { document, masters }, { id })
}

function casesOf(messages: Parameters<typeof tellShipment>[0]) {
  return tellShipment(messages).state.facts.cases.map((one) => ({
    code: one.code,
    isOpen: isOpenCase(one),
    sentence: one.sentence,
  }))
}

const wrongItem = aShipNotice({ lines: [aShipNoticeLine({ item: { buyerItem: 'SKU-9' } })] })
const unknown = 'ship-notice/ASN-1: line 1: article `SKU-9` is not in the master on 2026-11-25'
const fits = comparisonOf('4711')

describe('a ship notice beside the master data (R-50)', () => {
  it('that names an article nobody knows has a case with an owner and a due time before the goods are here (INV-17)', () => {
    const { state } = tellShipment([lookedUp(wrongItem, aMasterFile()), fits])
    expect(state.facts.cases).toMatchObject([
      { code: 'MASTER_DATA_MISSING', sentence: unknown, subject: { line: '1' } },
    ])
    const [found] = state.facts.cases
    expect(found?.owner.role).not.toBe('')
    expect(found?.dueAt).not.toBe('')
  })

  it('is recorded with what was looked up: by the day the goods leave, and the row that answered (INV-24)', () => {
    const { decisions } = tellShipment([lookedUp(aShipNotice(), aMasterFile())])
    const [received] = decisions[0]?.events ?? []
    expect(received?.data['masters']).toMatchObject({
      document: 'ship-notice/ASN-1',
      findings: [],
      lookUps: [
        { table: 'supplier', key: 'S100', on: '2026-11-25', basis: 'ship-date' },
        { table: 'item', key: 'buyer/SKU-1', on: '2026-11-25', basis: 'ship-date' },
      ],
    })
  })

  it('is held against a unit, a supplier that is blocked, lots, serials and shelf life', () => {
    const file = aMasterFile({
      suppliers: [aMasterSupplier({ status: 'blocked' })],
      items: [aMasterItem({ lotControlled: true, serialControlled: true, shelfLifeDaysMin: 30 })],
    })
    const line = aShipNoticeLine({ unitOfMeasure: 'XPL', lots: [{ expiryDate: '2026-12-20' }] })
    const messages = [lookedUp(aShipNotice({ lines: [line] }), file), fits]
    const byCode = casesOf(messages).map(({ code, sentence }) => [code, sentence])
    expect(byCode.filter(([code]) => code !== 'ASN_INCOMPLETE')).toEqual([
      ['BLOCKED_SUPPLIER', 'ship-notice/ASN-1: supplier `S100` is blocked on 2026-11-25'],
      [
        'MASTER_DATA_MISSING',
        'ship-notice/ASN-1: line 1: article `SKU-1` has no way from XPL to its stock unit EA on 2026-11-25',
      ],
    ])
    // Expected on 27 November; to 20 December are 3 + 20 = 23 days.
    expect(byCode).toContainEqual([
      'ASN_INCOMPLETE',
      'ship-notice/ASN-1: line 1: article `SKU-1` is kept by lot, and no lot was announced; line 1: article `SKU-1` is kept by serial number, and none was announced; line 1: goods of `SKU-1` can be kept 23 days, until 2026-12-20; 30 are asked for',
    ])
  })

  it('that a later text puts right needs nobody any more, in whatever order both came', () => {
    const right = aShipNotice({
      revision: 1,
      purpose: 'replace',
      issuedAt: '2026-11-25T12:00:00Z',
    })
    const [first, second] = [lookedUp(wrongItem, aMasterFile()), lookedUp(right, aMasterFile())]
    const answers = comparisonOf('4711', { revision: 2 })
    expect(casesOf([first, second, answers])).toEqual([
      { code: 'MASTER_DATA_MISSING', isOpen: false, sentence: unknown },
    ])
    expect(casesOf([second, first, answers])).toEqual([])
    const texts = (messages: Parameters<typeof tellShipment>[0]) =>
      tellShipment(messages).state.facts.notices
    expect(texts([second, first])).toEqual(texts([first, second]))
  })

  it('is not asked about once everything was counted: the count is held against the master itself', () => {
    expect(
      casesOf([lookedUp(wrongItem, aMasterFile()), fits, counted(aCountedLine())]).map(
        ({ code, isOpen }) => [code, isOpen],
      ),
    ).toEqual([['MASTER_DATA_MISSING', false]])
  })

  it('that is withdrawn is about no article', () => {
    const withdrawn = aShipNotice({ purpose: 'cancel', lines: wrongItem.lines })
    expect(checkAgainstMaster(masterOf(aMasterFile()), withdrawn)?.findings).toEqual([])
  })

  it('leads to the same state from its events alone', () => {
    const { state, decisions } = tellShipment([lookedUp(wrongItem, aMasterFile()), fits])
    const events = decisions.flatMap((decision) => decision.events)
    expect(shipmentAggregate.replay(state.key, events)).toMatchObject({ facts: state.facts })
  })
})
