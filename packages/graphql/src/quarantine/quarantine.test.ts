import { CounterfoilError } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { anOrder, backOffice, envelopeOf, maria, openBooks, textAt } from '../books.examples.ts'

async function booksWithABadDocument() {
  const books = openBooks()
  await books.runtime.receive({
    ...envelopeOf(anOrder()),
    document: undefined as never,
    body: `x${'ISA*00 no reader knows this '.repeat(1000)}`,
  } as never)
  const answer = await books.ask(maria, '{ quarantinedDocuments { nodes { quarantineId } } }')
  return { ...books, quarantineId: textAt(answer, 'quarantinedDocuments.nodes.0.quarantineId') }
}
/** A mutation by its name, with what it gives when it is carried out. */
const settle = (name: string, type: string, given: string) => `mutation ($input: ${type}!) {
  ${name}(input: $input) { __typename ${given} ... on Refusal { code sentence } }
}`
const ofDocument = '... on QuarantinedDocument { state settled { by { id } note } }'
const ofLetter = '... on DeadLetter { state settled { by { id } note } exception { state } }'

describe('a document that could not be used', () => {
  it('is shown whole up to a limit, with what is wrong and where', async () => {
    const { ask, quarantineId } = await booksWithABadDocument()
    const answer = await ask(
      maria,
      `query ($quarantineId: ID!) {
        quarantinedDocument(quarantineId: $quarantineId) {
          reason sentence state connection buyerOrganisation rawCharacters raw(charactersMax: 5)
          findings { rule severity position { offset line column path } excerpt sentence }
        }
      }`,
      { quarantineId },
    )
    expect(answer).toMatchObject({
      quarantinedDocument: {
        reason: 'NOT_RECOGNISED',
        state: 'QUARANTINED',
        connection: 'portal',
        buyerOrganisation: '0001',
        raw: 'xISA*',
        findings: [{ severity: 'ERROR', position: { line: 1, column: 1 } }],
      },
    })
    expect(Object(answer).quarantinedDocument.rawCharacters).toBeGreaterThan(10_000)
  })

  it('gives no more text at once than it may', async () => {
    const { ask, quarantineId } = await booksWithABadDocument()
    const query = `query ($quarantineId: ID!, $charactersMax: Int) {
      quarantinedDocument(quarantineId: $quarantineId) { raw(charactersMax: $charactersMax) }
    }`
    const answer = await ask(maria, query, { quarantineId })
    expect(textAt(answer, 'quarantinedDocument.raw')).toHaveLength(10_000)
    for (const charactersMax of [0, -1, 100_001]) {
      await expect(ask(maria, query, { quarantineId, charactersMax })).rejects.toThrow(
        'ask for 1 to 100000',
      )
    }
  })

  it('is given up once, and stays on record', async () => {
    const { ask, quarantineId } = await booksWithABadDocument()
    const discard = settle('discardQuarantined', 'DiscardQuarantinedInput', ofDocument)
    const input = { quarantineId, note: 'a test file', idempotencyKey: '1' }
    const first = await ask(maria, discard, { input })
    expect(first).toEqual({
      discardQuarantined: {
        __typename: 'QuarantinedDocument',
        state: 'DISCARDED',
        settled: { by: { id: 'maria' }, note: 'a test file' },
      },
    })
    expect(await ask(maria, discard, { input })).toEqual(first)
    expect(await ask(maria, discard, { input: { ...input, idempotencyKey: '2' } })).toMatchObject({
      discardQuarantined: { __typename: 'AlreadySettled', code: 'ALREADY_SETTLED' },
    })
    const list = `query ($state: QuarantineState) { quarantinedDocuments(state: $state) { nodes { state } } }`
    expect(await ask(maria, list, { state: 'QUARANTINED' })).toEqual({
      quarantinedDocuments: { nodes: [] },
    })
    expect(await ask(maria, list, { state: 'DISCARDED' })).toEqual({
      quarantinedDocuments: { nodes: [{ state: 'DISCARDED' }] },
    })
  })

  it('has a case that closes with it, and not before', async () => {
    const { ask, quarantineId } = await booksWithABadDocument()
    const list = `{ exceptions { nodes { id code version subject { aggregate } owner { role } } } }`
    const answer = await ask(maria, list)
    expect(answer).toMatchObject({
      exceptions: {
        nodes: [{ code: 'MAPPING_FAILED', version: null, subject: { aggregate: 'DOCUMENT' } }],
      },
    })
    const id = textAt(answer, 'exceptions.nodes.0.id')
    const resolve = settle(
      'resolveException',
      'ResolveExceptionInput',
      '... on NotAllowed { code }',
    )
    const input = { id, code: 'discard', idempotencyKey: '1' }
    expect(await ask(maria, resolve, { input })).toMatchObject({
      resolveException: { code: 'QUARANTINED' },
    })
    const discard = settle('discardQuarantined', 'DiscardQuarantinedInput', ofDocument)
    const given = { quarantineId, note: 'a test file', idempotencyKey: '2' }
    await ask(maria, discard, { input: given })
    expect(await ask(maria, list)).toEqual({ exceptions: { nodes: [] } })
  })

  it('stays where it is when the mended text is no better', async () => {
    const { ask, quarantineId } = await booksWithABadDocument()
    const repair = settle('repairQuarantined', 'RepairQuarantinedInput', ofDocument)
    const input = { quarantineId, body: 'still nothing', note: 'tried', idempotencyKey: '1' }
    expect(await ask(maria, repair, { input })).toMatchObject({
      repairQuarantined: { __typename: 'InputRefused', code: 'STILL_UNUSABLE' },
    })
    const missing = { ...input, quarantineId: 'none', idempotencyKey: '2' }
    expect(await ask(maria, repair, { input: missing })).toMatchObject({
      repairQuarantined: { __typename: 'NotFound' },
    })
  })
})

describe('a message that waits', () => {
  it('is listed with its reason', async () => {
    const { ask, runtime } = openBooks()
    await runtime.act({
      tenant: 'acme',
      actor: { kind: 'system', id: 'bank', roles: [] },
      idempotencyKey: 'paid',
      expectedVersion: null,
      aggregate: { kind: 'invoice', key: 'acme/0001/S100/INV-9/standard' },
      type: 'payment.cleared',
      data: { paymentReference: 'P1', paidOn: '2026-11-02', amount: '1' },
    })
    const query =
      '{ parkedMessages { nodes { type reason sentence aggregate { kind key } actor { id } } } }'
    expect(await ask(maria, query)).toEqual({
      parkedMessages: {
        nodes: [
          {
            type: 'payment.cleared',
            reason: 'invoice-not-received',
            sentence: '`payment.cleared` waits for the invoice itself',
            aggregate: { kind: 'INVOICE', key: 'acme/0001/S100/INV-9/standard' },
            actor: { id: 'bank' },
          },
        ],
      },
    })
  })
})

describe('a dead letter', () => {
  it('is listed with its case, tried again once mended, and settled once', async () => {
    let isMended = false
    const mailbox = backOffice(() => {
      if (isMended) return { kind: 'applied', reference: 'R1', repeated: false }
      throw new CounterfoilError('CONNECTOR_REPLY_INVALID', 'the mailbox is gone')
    })
    const { ask, clock, runtime, receive } = openBooks({
      connectors: [mailbox],
      limits: { effectAttemptsMax: 1 },
    })
    await receive(anOrder())
    clock.advanceHours(24 * 30)
    await runtime.tick()
    const list = `{ deadLetters(state: WAITING) { nodes {
      deadLetterId kind destination subject aggregate { kind } attempts sentence state content
      exception { id code state owner { role } order { orderNumber } }
    } } }`
    const answer = await ask(maria, list)
    const [letter] = Object(answer).deadLetters.nodes
    expect(letter).toMatchObject({
      kind: 'EFFECT',
      aggregate: { kind: 'ORDER' },
      attempts: 1,
      state: 'WAITING',
      exception: { code: 'DEAD_LETTER', state: 'DETECTED' },
    })
    expect(letter.sentence).toContain('the mailbox is gone')
    const resolve = settle('resolveException', 'ResolveExceptionInput', '')
    const wrongWay = { id: letter.exception.id, code: 'discard', idempotencyKey: '0' }
    expect(await ask(maria, resolve, { input: wrongWay })).toMatchObject({
      resolveException: { __typename: 'NotAllowed', code: 'DEAD_LETTER' },
    })
    isMended = true
    const { deadLetterId } = letter
    const input = { deadLetterId, note: 'mailbox mended', idempotencyKey: '1' }
    const redrive = settle('redriveDeadLetter', 'SettleDeadLetterInput', ofLetter)
    expect(await ask(maria, redrive, { input })).toMatchObject({
      redriveDeadLetter: {
        __typename: 'DeadLetter',
        state: 'REDRIVEN',
        settled: { by: { id: 'maria' }, note: 'mailbox mended' },
        exception: { state: 'CLOSED' },
      },
    })
    const discard = settle('discardDeadLetter', 'SettleDeadLetterInput', ofLetter)
    expect(await ask(maria, discard, { input: { ...input, idempotencyKey: '2' } })).toMatchObject({
      discardDeadLetter: { __typename: 'AlreadySettled' },
    })
  })
})
