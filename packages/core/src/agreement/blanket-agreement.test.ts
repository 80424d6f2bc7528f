import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { TimeZone } from '../calendar/time-zone.ts'
import type { TradeDocument } from '../document/document.ts'
import type { Message } from '../message/message.ts'
import { passTime } from '../world/pass-time.ts'
import { tellWorld } from '../world/tell-world.ts'
import { aTradingPolicy, aWorldTold, messagesOf } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'
import { anAgreement, anAgreementKey, anAgreementLine } from './agreement.examples.ts'
import { agreementAggregate } from './decide-agreement.ts'
import { findOverreach } from './find-overreach.ts'
import { agreementIn, aRelease, billOf, billStatus, goodsOf } from './released-orders.examples.ts'

const policy = aTradingPolicy()
const first = aRelease('R-1', '400')
const second = aRelease('R-2', '350', { order: { issuedAt: '2026-11-03T08:00:00Z' } })
const third = aRelease('R-3', '300', { order: { issuedAt: '2026-11-04T08:00:00Z' } })
const extended = anAgreement({
  version: 2,
  amountLimit: '11000.00',
  issuedAt: '2026-11-06T08:00:00Z',
})

const tell = (
  world: World,
  message: { readonly type: string; readonly data: object; readonly by?: Message['actor'] },
): World => {
  const at = instant('2026-12-02T08:00:00Z')
  const { type, data, by } = message
  const told = {
    id: `${type}/${JSON.stringify(data)}`,
    tenant: 'acme',
    aggregate: { kind: 'agreement', key: anAgreementKey },
    type,
    schemaVersion: 1,
    occurredAt: at,
    receivedAt: at,
    actor: by ?? { kind: 'user', id: 'bea', roles: ['buyer'] },
    causedBy: null,
    data,
  } as unknown as Message
  return tellWorld(world, told, { policy, now: at }).world
}

const caseIn = (world: World, code: string) =>
  world.agreements[anAgreementKey]?.facts.cases.findLast((one) => one.code === code)

describe('a blanket order of 10,000.00 with three releases', () => {
  // 400 x 10.00 = 4,000.00; 350 x 10.00 = 3,500.00, in all 7,500.00; 300 x 10.00 = 3,000.00, in all 10,500.00.
  it('is within its limit after the second: 10,000.00 - 7,500.00 = 2,500.00 left', () => {
    const world = aWorldTold([anAgreement(), first, second])
    expect(agreementIn(world)).toMatchObject({
      status: 'in-force',
      sums: { amountReleased: '7500', amountLeft: '2500' },
      cases: [],
    })
  })

  it('goes 500.00 over with the third: a case with an owner, a clock and 500.00 at stake', () => {
    const world = aWorldTold([anAgreement(), first, second, third])
    expect(agreementIn(world)).toMatchObject({
      status: 'exceeded',
      sums: { amountReleased: '10500', amountLeft: '-500' },
    })
    expect(caseIn(world, 'BLANKET_AMOUNT_EXCEEDED')).toMatchObject({
      owner: { role: 'buyer' },
      exposure: { amount: '500.00', currency: 'EUR' },
      sentence:
        'agreement A-1 with S100: release R-3, line 1: with it 10500.00 EUR are released on the limit of 10000.00 of the agreement: 500.00 EUR too much',
    })
    expect(world.timers.map(({ type, aggregate }) => `${aggregate.kind} ${type}`)).toContain(
      'agreement case.overdue',
    )
  })

  it('keeps the bill of the third waiting, and pays those of the first two', () => {
    const world = aWorldTold([
      anAgreement(),
      first,
      second,
      third,
      goodsOf('R-1', '400'),
      goodsOf('R-2', '350'),
      goodsOf('R-3', '300'),
      billOf('R-1', '400', '4000.00'),
      billOf('R-2', '350', '3500.00'),
      billOf('R-3', '300', '3000.00'),
    ])
    const states = ['R-1', 'R-2', 'R-3'].map((release) => billStatus(world, release))
    expect(states).toEqual(['released', 'released', 'awaiting-resolution'])
  })

  it('is paid in full once it was extended to 11,000.00: 500.00 are left, and the case is gone', () => {
    const world = aWorldTold([
      anAgreement(),
      first,
      second,
      third,
      goodsOf('R-3', '300'),
      billOf('R-3', '300', '3000.00'),
      extended,
    ])
    expect(agreementIn(world)).toMatchObject({
      status: 'in-force',
      sums: { amountLeft: '500', amountInvoiced: '3000' },
      cases: ['BLANKET_AMOUNT_EXCEEDED auto-resolved'],
    })
    expect(billStatus(world, 'R-3')).toBe('released')
  })

  it('is paid where a buyer approves the 500.00, and the next release is over by itself', () => {
    const over = aWorldTold([
      anAgreement(),
      first,
      second,
      third,
      goodsOf('R-3', '300'),
      billOf('R-3', '300', '3000.00'),
    ])
    const exceptionId = caseIn(over, 'BLANKET_AMOUNT_EXCEEDED')?.exceptionId
    const approved = tell(over, {
      type: 'case.resolved',
      data: { exceptionId, code: 'approve', note: 'agreed with the controller' },
    })
    expect(billStatus(approved, 'R-3')).toBe('released')
    // 10,500.00 + 100.00: of the fourth nothing is covered, so all of its 100.00 is over.
    const fourth = aRelease('R-4', '10', { order: { issuedAt: '2026-11-05T08:00:00Z' } })
    const world = aWorldTold([fourth], { world: approved })
    expect(caseIn(world, 'BLANKET_AMOUNT_EXCEEDED')).toMatchObject({
      exposure: { amount: '100.00', currency: 'EUR' },
    })
  })

  it('is let go over by a person with no hand in it, up to their limit (R-115, INV-15, INV-16)', () => {
    const person = (id: string, onBehalfOf?: string): Message['actor'] => ({
      kind: 'user',
      id,
      roles: ['buyer'],
      ...(onBehalfOf !== undefined && { onBehalfOf }),
    })
    const at = instant('2026-12-01T08:00:00Z')
    const toldBy = (before: World, document: TradeDocument, actor: Message['actor']) =>
      messagesOf(document, at).reduce(
        (world, message) => tellWorld(world, { ...message, actor }, { policy, now: at }).world,
        before,
      )
    const agreed = toldBy(aWorldTold([]), anAgreement(), person('vera'))
    const over = toldBy(aWorldTold([first, second], { world: agreed }), third, person('rob'))
    const exceptionId = caseIn(over, 'BLANKET_AMOUNT_EXCEEDED')?.exceptionId
    const said = (
      world: World,
      type: string,
      data: object,
      by: Message['actor'],
      limit: string | null = null,
    ) => {
      const message = {
        id: `${type}/${by.id}/${limit ?? ''}`,
        tenant: 'acme',
        aggregate: { kind: 'agreement', key: anAgreementKey },
        type,
        schemaVersion: 1,
        occurredAt: at,
        receivedAt: at,
        actor: by,
        causedBy: null,
        data: { exceptionId, ...data },
        ...(limit !== null && {
          authority: { asRole: 'buyer', limit: { amount: limit, currency: 'EUR' }, because: '' },
        }),
      } as unknown as Message
      const { outcome, world: after } = tellWorld(world, message, { policy, now: at })
      return { answer: 'reason' in outcome ? outcome.reason : outcome.kind, message, after }
    }
    const approve = { code: 'approve' }
    const resolve = (by: Message['actor'], limit?: string) =>
      said(over, 'case.resolved', approve, by, limit).answer
    expect(resolve({ kind: 'system', id: 'robot', roles: [] })).toBe('not-a-person')
    expect(resolve(person('vera'))).toBe('same-person')
    expect(resolve(person('rob'))).toBe('same-person')
    expect(resolve(person('nils', 'rob'))).toBe('same-person')
    // 4,000.00 + 3,500.00 + 3,000.00 - 10,000.00 = 500.00
    expect(resolve(person('nils'), '499.99')).toBe('limit-exceeded')
    expect(resolve(person('nils'), '500.00')).toBe('applied')
    const reason = { reason: 'agreed by phone' }
    expect(said(over, 'case.bypassed', reason, person('rob')).answer).not.toBe('applied')
    // To defer it accepts nothing, so whoever wrote the release may.
    expect(said(over, 'case.resolved', { code: 'defer' }, person('rob')).answer).toBe('applied')
    const proposed = said(over, 'case.proposed', approve, person('nils')).after
    expect(said(proposed, 'case.approved', {}, person('rob')).answer).toBe('same-person')
    const consented = said(proposed, 'case.approved', {}, person('bea'))
    expect(consented.answer).toBe('applied')
    expect(said(consented.after, 'case.executing', {}, person('rob')).answer).toBe('same-person')
    // A host is asked with what is at stake.
    const state = over.agreements[anAgreementKey] ?? null
    const { message } = said(over, 'case.resolved', approve, person('nils'))
    expect(agreementAggregate.askAuthority?.(state, message)).toEqual({
      tenant: 'acme',
      actor: person('nils'),
      action: 'case.resolved',
      decisionType: 'accept-variance',
      exposure: { amount: '500.00', currency: 'EUR' },
      asRoles: null,
      scope: { buyerOrganisation: '0001', supplier: 'S100' },
      at,
      businessDate: '2026-12-01',
      duty: null,
      duties: [],
    })
  })

  it('stays waiting where the case ends otherwise: deferring it releases nothing', () => {
    const over = aWorldTold([
      anAgreement(),
      first,
      second,
      third,
      goodsOf('R-3', '300'),
      billOf('R-3', '300', '3000.00'),
    ])
    const exceptionId = caseIn(over, 'BLANKET_AMOUNT_EXCEEDED')?.exceptionId
    const deferred = tell(over, { type: 'case.resolved', data: { exceptionId, code: 'defer' } })
    expect(billStatus(deferred, 'R-3')).toBe('awaiting-resolution')
  })

  it('gives back what is given up: 50 pieces of the third cancelled make 10,000.00', () => {
    const smaller = aRelease('R-3', '250', {
      order: { version: 2, issuedAt: '2026-11-05T08:00:00Z' },
    })
    const world = aWorldTold([anAgreement(), first, second, third, smaller])
    expect(agreementIn(world)).toMatchObject({
      status: 'exhausted',
      sums: { amountReleased: '10000', amountLeft: '0' },
      cases: ['BLANKET_AMOUNT_EXCEEDED auto-resolved'],
    })
  })
})

describe('the order in which releases are heard of', () => {
  const documents: readonly TradeDocument[] = [anAgreement(), first, second, third]
  const orders = [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [3, 0, 2, 1],
    [1, 3, 2, 0],
    [2, 1, 3, 0],
  ]

  it.each(orders)(
    'is no matter: %i %i %i %i end alike, with the third over (INV-2)',
    (...order) => {
      const told = order.flatMap((index) => documents[index] ?? [])
      const world = aWorldTold(told)
      expect(agreementIn(world).sums).toEqual(agreementIn(aWorldTold(documents)).sums)
      const open = world.agreements[anAgreementKey]?.facts.cases.filter(
        ({ state }) => state !== 'auto-resolved',
      )
      expect(open?.map(({ sentence }) => sentence)).toEqual([
        expect.stringContaining('release R-3, line 1: with it 10500.00 EUR'),
      ])
    },
  )

  it('is no matter for two tellings of one release: the later by its count stands (INV-2)', () => {
    const world = aWorldTold([
      anAgreement(),
      first,
      aRelease('R-1', '500', { order: { version: 2 } }),
    ])
    const tellings = world.log.filter(({ type }) => type === 'release.counted')
    expect(tellings).toHaveLength(2)
    const again = tellings.reduce(
      (before, { data }) =>
        tell(before, { type: 'release.counted', data, by: { kind: 'system', id: 'x', roles: [] } }),
      world,
    )
    expect(agreementIn(again).sums).toMatchObject({ amountReleased: '5000' })
    expect(again.agreements).toEqual(world.agreements)
  })

  it('is the same told again from its events', () => {
    const world = aWorldTold([third, anAgreement(), second, first, extended])
    const events = world.log.filter(({ aggregate }) => aggregate.kind === 'agreement')
    const replayed = agreementAggregate.replay(anAgreementKey, events)
    expect(replayed).toEqual({ ...world.agreements[anAgreementKey], auditHead: null })
  })
})

describe('what an agreement is held to', () => {
  const codes = (...documents: readonly TradeDocument[]) => agreementIn(aWorldTold(documents)).cases

  it('is its days: a release on the day after the last is expired, on the last it is not', () => {
    const until = anAgreement({ validTo: '2026-11-02' })
    expect(codes(until, first)).toEqual([])
    expect(codes(until, second)).toEqual(['BLANKET_EXPIRED detected'])
  })

  it('is the agreed quantity: 400 + 350 = 750 of 700 are 50 too many', () => {
    const { amountLimit: _, ...unlimited } = anAgreement()
    const agreed = { ...unlimited, lines: [anAgreementLine({ quantityAgreed: '700' })] }
    const world = aWorldTold([agreed, first, second])
    expect(agreementIn(world).cases).toEqual(['BLANKET_AMOUNT_EXCEEDED detected'])
    expect(caseIn(world, 'BLANKET_AMOUNT_EXCEEDED')?.sentence).toContain('50 EA too many')
  })

  it('is the price in force where the release begins: 9.50 from 400 pieces on', () => {
    const scale = {
      fromQuantity: '400',
      price: { amount: '9.50', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'contract' },
    } as const
    const scaled = anAgreement({ lines: [anAgreementLine({ priceScales: [scale] })] })
    // The first begins at 0 and is at 10.00; the second begins at 400, so 10.00 is 0.50 too dear.
    expect(codes(scaled, first)).toEqual([])
    expect(codes(scaled, first, second)).toEqual(['PRICE_CHANGE detected'])
    const price = {
      amount: '95.00',
      perQuantity: '10',
      perUnitOfMeasure: 'EA',
      priceType: 'contract',
    } as const
    // 95.00 per 10 is 9.50.
    expect(
      codes(scaled, first, {
        ...second,
        lines: [...aRelease('R-2', '350', { line: { price } }).lines],
      }),
    ).toEqual([])
  })

  it('is its supplier, currency, lines and units', () => {
    expect(codes(anAgreement(), { ...first, supplier: 'S200' as never })).toEqual([
      'WRONG_PO detected',
    ])
    expect(codes(anAgreement(), aRelease('R-1', '1', { order: { currency: 'USD' } }))).toEqual([
      'CURRENCY_MISMATCH detected',
    ])
    expect(
      codes(anAgreement(), aRelease('R-1', '1', { line: { agreementLineNumber: '9' } })),
    ).toEqual(['UNMATCHED_LINE detected'])
    const boxes = {
      unitOfMeasure: 'XBX',
      price: { amount: '120.00', perQuantity: '1', perUnitOfMeasure: 'XBX', priceType: 'contract' },
    } as const
    expect(codes(anAgreement(), aRelease('R-1', '1', { line: boxes }))).toEqual([
      'UOM_CHANGE detected',
    ])
  })

  it('counts boxes of twelve as pieces: 10 boxes are 120 of 100 agreed, 20 too many', () => {
    const twelve = { from: 'XBX', to: 'EA', numerator: '12', denominator: '1' } as const
    const line = anAgreementLine({ quantityAgreed: '100', unitConversions: [twelve] })
    const agreement = anAgreement({ lines: [line] })
    const boxes = { unitOfMeasure: 'XBX', unitConversions: [twelve] }
    const world = aWorldTold([agreement, aRelease('R-1', '10', { line: boxes })])
    // 120 pieces at 10.00.
    expect(agreementIn(world).sums).toMatchObject({ amountReleased: '1200' })
    // What a box costs is not known where the release does not say how many are in it.
    const unsaid = { ...boxes, unitConversions: [] }
    expect(codes(agreement, aRelease('R-1', '10', { line: unsaid }))).toEqual([
      'MISSING_DATA detected',
    ])
    expect(caseIn(world, 'BLANKET_AMOUNT_EXCEEDED')?.sentence).toContain('20 EA too many')
  })

  it('is dated by its first version, whichever came first (INV-2)', () => {
    // Version 1 was ordered on the last day, version 2 a day after it.
    const until = anAgreement({ validTo: '2026-11-02' })
    const later = aRelease('R-1', '400', {
      order: { version: 2, issuedAt: '2026-11-03T08:00:00Z' },
    })
    const latest = aRelease('R-1', '300', {
      order: { version: 3, issuedAt: '2026-11-04T08:00:00Z' },
    })
    const releaseIn = (...documents: readonly TradeDocument[]) => {
      const counted = aWorldTold(documents).agreements[anAgreementKey]?.facts.releases['R-1']
      const { orderSequence: _, ...told } = counted ?? { orderSequence: 0 }
      return told
    }
    const inOrder = releaseIn(until, first, later, latest)
    expect(inOrder).toMatchObject({ releasedOn: '2026-11-02', orderVersion: 3 })
    for (const order of [
      [first, latest, later],
      [later, first, latest],
      [later, latest, first],
      [latest, first, later],
      [latest, later, first],
    ]) {
      expect(releaseIn(until, ...order)).toEqual(inOrder)
    }
    // A day late as long as version 1 is not known, and in time once it is.
    expect(codes(until, later)).toEqual(['BLANKET_EXPIRED detected'])
    expect(codes(until, later, first)).toEqual(['BLANKET_EXPIRED auto-resolved'])
  })

  it('is told again where a further text contradicts it, or the next version is contradicted too', () => {
    const limited = (amountLimit: string, more: object = {}) =>
      anAgreement({ amountLimit, issuedAt: '2026-01-03T08:00:00Z', ...more })
    const settled = (world: World): World => {
      const exceptionId = caseIn(world, 'CONFLICTING_DOCUMENT')?.exceptionId
      const data = { exceptionId, code: 'accept', note: 'we asked: the higher limit stands' }
      return tell(world, { type: 'case.resolved', data })
    }
    const one = settled(aWorldTold([limited('10000.00'), limited('9000.00')]))
    expect(agreementIn(one).cases).toEqual(['CONFLICTING_DOCUMENT resolved'])
    const two = settled(aWorldTold([limited('8000.00')], { world: one }))
    expect(agreementIn(two).cases).toEqual([
      'CONFLICTING_DOCUMENT resolved',
      'CONFLICTING_DOCUMENT resolved',
    ])
    const next = aWorldTold(
      [limited('12000.00', { version: 2 }), limited('13000.00', { version: 2 })],
      { world: two },
    )
    expect(agreementIn(next).cases.at(-1)).toBe('CONFLICTING_DOCUMENT detected')
    expect(agreementIn(next).cases).toHaveLength(3)
  })

  it('is in force again where a correction moves its last day, and is told to be over again', () => {
    const noticesOf = (world: World) =>
      world.effects.filter(
        ({ intent }) => intent.kind === 'notify' && intent.topic === 'agreement-expired',
      )
    const day = (validTo: string, revision: number) => anAgreement({ validTo, revision })
    const from = instant('2026-11-01T08:00:00Z')
    const until = (world: World, at: string) => passTime(world, { until: instant(at), policy })
    const over = until(aWorldTold([day('2026-11-02', 0)], { from }), '2026-11-04T08:00:00Z')
    expect(agreementIn(over).status).toBe('expired')
    expect(noticesOf(over)).toHaveLength(1)
    const corrected = aWorldTold([day('2026-11-10', 1)], {
      world: over,
      from: instant('2026-11-04T09:00:00Z'),
    })
    expect(agreementIn(corrected).status).toBe('in-force')
    const again = until(corrected, '2026-11-12T08:00:00Z')
    expect(agreementIn(again).status).toBe('expired')
    expect(noticesOf(again)).toHaveLength(2)
    const events = again.log.filter(({ aggregate }) => aggregate.kind === 'agreement')
    const replayed = agreementAggregate.replay(anAgreementKey, events)
    expect(replayed).toEqual({ ...again.agreements[anAgreementKey], auditHead: null })
  })

  it('is closed on the day of the buyer’s own clock: 23:30 UTC is the next day in Berlin', () => {
    const closing = { at: '2026-11-01T23:30:00Z', by: 'bea', because: 'the year is over' }
    const facts = aWorldTold([anAgreement(), first]).agreements[anAgreementKey]?.facts
    if (facts === undefined) throw new Error('there is no agreement')
    const findings = (timeZone: string) =>
      findOverreach({
        ...facts,
        calendar: { ...officeHours, timeZone: TimeZone.parse(timeZone) },
        closing,
      }).map(({ sentence }) => sentence)
    // R-1 is of 2 November. Half past eleven at night in UTC is half past midnight of 2 November in Berlin.
    expect(findings('Europe/Berlin')).toEqual([])
    expect(findings('UTC')).toEqual([
      'release R-1, line 1: it was ordered on 2026-11-02, and the agreement was closed on 2026-11-01',
    ])
  })

  it('is missed where releases name it and nobody sent it', () => {
    const world = aWorldTold([first])
    expect(agreementIn(world)).toMatchObject({ status: 'unknown', cases: [] })
    const timer = world.timers.find(({ type }) => type === 'agreement.overdue')
    const missed = tell(world, { type: 'agreement.overdue', data: timer?.data ?? {} })
    expect(agreementIn(missed).cases).toEqual(['MASTER_DATA_MISSING detected'])
    expect(agreementIn(aWorldTold([anAgreement()], { world: missed })).cases).toEqual([
      'MASTER_DATA_MISSING auto-resolved',
    ])
  })

  it('lets go of a release that names another agreement', () => {
    const moved = aRelease('R-1', '400', { order: { version: 2, agreementNumber: 'A-2' } })
    const world = aWorldTold([anAgreement(), first, moved])
    expect(agreementIn(world).sums).toMatchObject({ amountReleased: '0' })
    expect(world.agreements['acme/0001/A-2']?.facts.releases['R-1']?.lines).toHaveLength(1)
  })

  it('is closed by a person only', () => {
    const world = aWorldTold([anAgreement(), first])
    const system: Message['actor'] = { kind: 'system', id: 'erp', roles: [] }
    const data = { reason: 'the year is over' }
    expect(agreementIn(tell(world, { type: 'agreement.closed', data, by: system })).status).toBe(
      'in-force',
    )
    expect(agreementIn(tell(world, { type: 'agreement.closed', data })).status).toBe('closed')
  })

  it('is not for its supplier to extend, nor for a machine (INV-21)', () => {
    const world = aWorldTold([anAgreement(), first, second, third])
    for (const kind of ['supplier-user', 'ai'] as const) {
      const by: Message['actor'] = { kind, id: 'x', roles: [] }
      const after = tell(world, { type: 'agreement.issued', data: { document: extended }, by })
      expect(agreementIn(after).status).toBe('exceeded')
    }
    const connector: Message['actor'] = { kind: 'connector', id: 'erp', roles: [] }
    const after = tell(world, {
      type: 'agreement.issued',
      data: { document: extended },
      by: connector,
    })
    expect(agreementIn(after).status).toBe('in-force')
  })
})
