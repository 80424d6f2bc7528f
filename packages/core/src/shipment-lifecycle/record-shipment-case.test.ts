import { describe, expect, it } from 'vitest'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { currentNotice } from './current-shipment.ts'
import {
  aReceiver,
  aShipmentMessage,
  comparisonOf,
  noticeReceived,
  tellShipment,
} from './shipment-lifecycle.examples.ts'
import { tooMany, aNotice, rolesTold, openCodes, lastOutcome } from './shipment-papers.examples.ts'
import type { ShipmentMessageType } from './shipment-messages.ts'

describe('what a person decides about a shipment', () => {
  const misaligned = [aNotice, comparisonOf('4711', { discrepancies: [tooMany] })]
  const [over] = tellShipment(misaligned).state.facts.cases
  const exceptionId = over?.exceptionId ?? ''
  const command = (type: ShipmentMessageType, data: object, id: string = type) =>
    aShipmentMessage(type, { exceptionId, ...data }, { by: aReceiver, id })

  it('accepts what does not fit, and the shipment is aligned', () => {
    const accept = command('case.resolved', { code: 'accept', note: 'there is room' })
    const told = tellShipment([...misaligned, accept])
    expect(told.state.regions).toMatchObject({ alignment: 'aligned' })
    expect(openCodes(told)).toEqual([])
    const refuse = command('case.resolved', { code: 'refuse' })
    expect(tellShipment([...misaligned, refuse]).state.regions).toMatchObject({
      alignment: 'pre-arrival-alert',
    })
  })

  it('takes a case, passes it on, lets it wait and takes it up again', () => {
    const told = tellShipment([
      ...misaligned,
      command('case.taken', {}),
      command('case.assigned', { person: 'ines' }),
      command('case.waiting', { for: 'supplier' }),
      command('case.proposed', { code: 'accept' }),
      aShipmentMessage(
        'case.approved',
        { exceptionId },
        { by: { ...aReceiver, id: 'ines' }, id: 'case.approved' },
      ),
      command('case.resolved', { code: 'accept' }),
      command('case.verified', {}),
      command('case.closed', { rootCause: 'supplier-error' }),
      command('case.reopened', { reason: 'it came again' }),
    ])
    expect(told.decisions.map(({ outcome }) => outcome.kind)).not.toContain('refused')
    expect(told.state.facts.cases).toMatchObject([
      { state: 'in-progress', owner: { person: 'ines' } },
    ])
  })

  it('is refused what the case does not allow, or where there is none', () => {
    expect(lastOutcome(tellShipment([...misaligned, command('case.verified', {})]))).toMatchObject({
      kind: 'refused',
      reason: 'case-state',
    })
    expect(
      lastOutcome(tellShipment([...misaligned, command('case.bypassed', { reason: 'no time' })])),
    ).toMatchObject({ reason: 'bypass-not-allowed' })
    expect(
      lastOutcome(tellShipment([...misaligned, command('case.taken', { exceptionId: 'none' })])),
    ).toMatchObject({ reason: 'case-unknown' })
  })

  it('is called for at the due time and again at each step of the route (R-24)', () => {
    const overdue = (level: number) =>
      aShipmentMessage('case.overdue', { exceptionId, level }, { id: `overdue-${level}` })
    const told = tellShipment([...misaligned, overdue(1), overdue(1)])
    expect(told.state.facts.cases).toMatchObject([{ escalationLevel: 1, state: 'detected' }])
    expect(rolesTold(told)).toEqual(['warehouse', 'buyer', 'head-of-purchasing'])
    expect(lastOutcome(told)).toMatchObject({ kind: 'duplicate' })
    const unknown = aShipmentMessage('case.overdue', { exceptionId: 'none', level: 1 })
    expect(lastOutcome(tellShipment([...misaligned, unknown]))).toMatchObject({ kind: 'duplicate' })
  })

  it('says which of two texts under one number counts', () => {
    const another = noticeReceived(
      aShipNotice({
        issuedAt: '2026-11-25T12:00:00Z',
        lines: [aShipNoticeLine({ quantityShipped: '9' })],
      }),
    )
    const both = [aNotice, comparisonOf('4711'), another]
    const told = tellShipment(both)
    expect(told.state.facts.cases).toMatchObject([{ code: 'CONFLICTING_DOCUMENT' }])
    const conflict = told.state.facts.cases[0]?.exceptionId ?? ''
    const settle = (code: string) =>
      aShipmentMessage(
        'case.resolved',
        { exceptionId: conflict, code },
        { by: aReceiver, id: code },
      )
    const kept = tellShipment([...both, settle('keep')])
    expect(currentNotice(kept.state.facts)?.lines[0]?.quantityShipped).toBe('10')
    expect(openCodes(kept)).toEqual([])
    const later = tellShipment([...both, settle('take-later')])
    expect(currentNotice(later.state.facts)?.lines[0]?.quantityShipped).toBe('9')
    expect(openCodes(later)).toEqual([])
    expect(later.intents.findLast((intent) => intent.kind === 'tell')).toMatchObject({
      type: 'shipment.announced',
      data: { lines: [{ quantityShipped: '9' }] },
    })
  })

  it('closes a shipment once, and only a person does', () => {
    const close = (id: string, by = aReceiver) =>
      aShipmentMessage('shipment.closed', { reason: 'enough' }, { id, by })
    expect(lastOutcome(tellShipment([aNotice, close('a'), close('b')]))).toMatchObject({
      kind: 'refused',
      reason: 'already-closed',
    })
    const robot = { kind: 'system' as const, id: 'robot', roles: [] }
    expect(lastOutcome(tellShipment([aNotice, close('a', robot)]))).toMatchObject({
      kind: 'refused',
      reason: 'not-a-person',
    })
  })
})
