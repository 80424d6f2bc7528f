import { describe, expect, it } from 'vitest'
import {
  aReceipt,
  aShipNotice,
  anInvoice,
  anOrder,
  maria,
  openBooks,
  paul,
  textAt,
} from '../books.examples.ts'

async function booksWithACase() {
  const books = openBooks()
  await books.receive(anOrder(), aShipNotice(), aReceipt(), anInvoice())
  const answer = await books.ask(
    maria,
    `{ invoices { nodes { version exceptions(open: true) { nodes { id } } } } }`,
  )
  const [invoice] = Object(answer).invoices.nodes
  return { ...books, id: textAt(invoice, 'exceptions.nodes.0.id'), version: invoice.version }
}

/** A mutation on a case by its name, with what every answer to it can be. */
function command(name: string, type: string, given = ofCase) {
  return `mutation ($input: ${type}!) {
    ${name}(input: $input) {
      __typename
      ${given}
      ... on Refusal { code sentence }
      ... on VersionConflict { expectedVersion currentVersion }
      ... on AlreadyResolved { exception { state } }
    }
  }`
}
const ofCase =
  '... on ExceptionCase { state owner { role person } resolution { code by note rootCause } version }'
const ofInvoice = '... on Invoice { disputes { state claim { amount } messages { text } } }'
const resolve = command('resolveException', 'ResolveExceptionInput')

describe('a case', () => {
  it('says whose it is, how old, by when, what follows, why, and what the rules saw (R-114)', async () => {
    const { ask, id } = await booksWithACase()
    const query = `query ($id: ID!) {
      exception(id: $id) {
        code state open openedAt dueAt ageHours(at: "2026-11-03T09:30:00Z")
        early: overdue(at: "2026-11-02T09:00:00Z") overdue(at: "2027-01-01T00:00:00Z")
        owner { role person } escalationLevel sentence explanation
        subject { aggregate key line } order { id } shipment { id } invoice { invoiceNumber }
        route { ownerRole dueBusinessHours priority bypassAllowed escalation { afterBusinessHours toRole } }
        policy { reference { ruleSet version hash } firedRules because facts }
        discrepancy { kind } exposure { amount currency } resolution { code } disputes { state }
      }
    }`
    const answer = await ask(maria, query, { id })
    expect(answer).toMatchObject({
      exception: {
        code: 'QTY_OVER_RECEIVED',
        state: 'DETECTED',
        open: true,
        openedAt: '2026-11-02T08:00:00Z',
        ageHours: 25,
        early: false,
        overdue: true,
        owner: { role: 'receiving', person: null },
        subject: { aggregate: 'INVOICE', key: 'acme/0001/S100/INV-77/standard' },
        order: null,
        shipment: null,
        invoice: { invoiceNumber: 'INV-77' },
        route: { ownerRole: 'receiving', bypassAllowed: false },
        policy: { reference: { ruleSet: 'canonical-routing', version: '1.0.0' } },
        discrepancy: { kind: 'BILLED_OVER_RECEIVED' },
        resolution: null,
      },
    })
    const { sentence, explanation, policy } = Object(answer).exception
    expect(explanation).toEqual([sentence, ...policy.because])
    expect(policy.firedRules.length).toBeGreaterThan(0)
    expect(JSON.stringify(policy.facts)).toContain('QTY_OVER_RECEIVED')
  })

  it('is listed by owner, due time and what it is about, and counted (R-116)', async () => {
    const { ask } = await booksWithACase()
    const list = `query ($filter: ExceptionFilter) { exceptions(filter: $filter) { nodes { code } } }`
    const found = async (filter: object) =>
      Object(await ask(maria, list, { filter })).exceptions.nodes.map(
        (one: { code: string }) => one.code,
      )
    expect(await found({ ownerRole: 'receiving' })).toContain('QTY_OVER_RECEIVED')
    expect(await found({ ownerRole: 'nobody' })).toEqual([])
    expect(await found({ dueBefore: '2026-11-01T00:00:00Z' })).toEqual([])
    expect(await found({ openedBefore: '2026-11-01T00:00:00Z' })).toEqual([])
    expect(await found({ state: 'RESOLVED' })).toEqual([])
    expect(await found({ open: false })).toEqual([])
    const invoices = await ask(maria, '{ invoices { nodes { id } } holds { nodes { id } } }')
    const about = textAt(invoices, 'invoices.nodes.0.id')
    expect(await found({ about })).toEqual(['QTY_OVER_RECEIVED'])
    await expect(found({ about: textAt(invoices, 'holds.nodes.0.id') })).rejects.toThrow(
      'cases are not about Hold',
    )
    const counts = await ask(maria, '{ exceptionCounts { ownerRole state open count } }')
    expect(Object(counts).exceptionCounts).toContainEqual({
      ownerRole: 'receiving',
      state: 'detected',
      open: true,
      count: 1,
    })
  })

  it('is taken, given on, settled, and taken up again', async () => {
    const { ask, id } = await booksWithACase()
    const done = async (name: string, type: string, said: object) =>
      Object(await ask(paul, command(name, type), { input: { id, ...said } }))[name]
    expect(
      await done('takeException', 'TakeExceptionInput', { idempotencyKey: '1' }),
    ).toMatchObject({
      state: 'IN_PROGRESS',
      owner: { role: 'receiving', person: 'paul' },
    })
    const given = { idempotencyKey: '2', person: 'rita', role: 'warehouse' }
    expect(await done('assignException', 'AssignExceptionInput', given)).toMatchObject({
      owner: { role: 'warehouse', person: 'rita' },
    })
    const settled = {
      idempotencyKey: '3',
      code: 'accept-variance',
      note: 'counted again',
      rootCause: 'RECEIVING_ERROR',
    }
    expect(await done('resolveException', 'ResolveExceptionInput', settled)).toMatchObject({
      __typename: 'ExceptionCase',
      state: 'RESOLVED',
      resolution: {
        code: 'accept-variance',
        by: 'paul',
        note: 'counted again',
        rootCause: 'RECEIVING_ERROR',
      },
    })
    const again = { idempotencyKey: '4', reason: 'it is not settled' }
    expect(await done('reopenException', 'ReopenExceptionInput', again)).toMatchObject({
      __typename: 'ExceptionCase',
      resolution: null,
    })
  })

  it('answers the same command under the same key once, and the same (R-21)', async () => {
    const { ask, id } = await booksWithACase()
    const input = { id, code: 'accept-variance', idempotencyKey: 'k' }
    const first = await ask(paul, resolve, { input })
    expect(await ask(paul, resolve, { input })).toEqual(first)
    expect(await ask(paul, resolve, { input: { ...input, code: 'credit-request' } })).toMatchObject(
      {
        resolveException: { __typename: 'IdempotencyKeyReused', code: 'IDEMPOTENCY_KEY_REUSED' },
      },
    )
  })

  it('is not settled twice: the second hears how it was settled', async () => {
    const { ask, id } = await booksWithACase()
    await ask(paul, resolve, { input: { id, code: 'accept-variance', idempotencyKey: '1' } })
    const input = { id, code: 'credit-request', idempotencyKey: '2' }
    expect(await ask(maria, resolve, { input })).toMatchObject({
      resolveException: { __typename: 'AlreadyResolved', exception: { state: 'RESOLVED' } },
    })
  })

  it('is not settled by somebody who looked at an older version', async () => {
    const { ask, id, version } = await booksWithACase()
    const input = { id, code: 'accept-variance', idempotencyKey: '1' }
    expect(
      await ask(paul, resolve, { input: { ...input, expectedVersion: version - 1 } }),
    ).toMatchObject({
      resolveException: {
        __typename: 'VersionConflict',
        code: 'VERSION_CONFLICT',
        expectedVersion: version - 1,
        currentVersion: version,
      },
    })
    expect(
      await ask(paul, resolve, { input: { ...input, expectedVersion: version } }),
    ).toMatchObject({
      resolveException: { __typename: 'ExceptionCase', version: expect.any(Number) },
    })
  })

  it('is not set aside where its rules do not allow it, and not settled with no words', async () => {
    const { ask, id } = await booksWithACase()
    const bypass = command('bypassException', 'BypassExceptionInput')
    const input = { id, reason: 'no time', idempotencyKey: '1' }
    expect(await ask(paul, bypass, { input })).toMatchObject({
      bypassException: { __typename: 'NotAllowed', code: 'BYPASS_NOT_ALLOWED' },
    })
    const wordless = { id, code: ' ', idempotencyKey: '2' }
    expect(await ask(paul, resolve, { input: wordless })).toMatchObject({
      resolveException: { __typename: 'InputRefused', code: 'INVALID_DATA' },
    })
  })

  it('is taken up with the supplier', async () => {
    const { ask, id } = await booksWithACase()
    const dispute = command('disputeException', 'DisputeExceptionInput', ofInvoice)
    const claim = { amount: '62.00', currency: 'USD' }
    const input = { id, claim, text: 'we counted 2,000', idempotencyKey: '1' }
    expect(await ask(paul, dispute, { input })).toMatchObject({
      disputeException: {
        __typename: 'Invoice',
        disputes: [{ claim: { amount: '62.00' }, messages: [{ text: 'we counted 2,000' }] }],
      },
    })
  })

  it('goes back to its role, and is disputed and settled with nothing more said than has to be', async () => {
    const { ask, id } = await booksWithACase()
    const assign = command('assignException', 'AssignExceptionInput')
    const nobody = { id, idempotencyKey: '1' }
    expect(await ask(paul, assign, { input: nobody })).toMatchObject({
      assignException: { owner: { role: 'receiving', person: null } },
    })
    const dispute = command('disputeException', 'DisputeExceptionInput', ofInvoice)
    const wordless = { id, text: 'please look', idempotencyKey: '2' }
    expect(await ask(paul, dispute, { input: wordless })).toMatchObject({
      disputeException: { __typename: 'Invoice', disputes: [{ claim: null }] },
    })
    const input = { id, code: 'accept-variance', idempotencyKey: '3' }
    expect(await ask(paul, resolve, { input })).toMatchObject({
      resolveException: { state: 'RESOLVED', resolution: { note: null, rootCause: null } },
    })
  })

  it('needs somebody who decides', async () => {
    const { errorsOf, id } = await booksWithACase()
    const input = { id, code: 'accept-variance', idempotencyKey: '1' }
    expect(await errorsOf({ tenant: 'acme' }, resolve, { input })).toEqual([
      { code: 'ACTOR_MISSING', message: expect.stringContaining('nobody is named') },
    ])
    const unkeyed = { id, code: 'accept-variance', idempotencyKey: '' }
    expect(await errorsOf(paul, resolve, { input: unkeyed })).toMatchObject([
      { code: 'COMMAND_INVALID' },
    ])
  })
})
