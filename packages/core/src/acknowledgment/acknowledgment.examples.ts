import type * as z from 'zod'
import { Acknowledgment, AcknowledgmentLine, AcknowledgmentResponse } from './acknowledgment.ts'

/** Ten pieces promised for the day asked for; give only what matters. */
export function anAnswer(
  response: Partial<z.input<typeof AcknowledgmentResponse>> = {},
): AcknowledgmentResponse {
  return AcknowledgmentResponse.parse({
    action: 'accept',
    quantity: '10',
    unitOfMeasure: 'EA',
    promisedDate: '2026-11-27',
    dateMeaning: 'delivery',
    ...response,
  })
}

/** The answer to line 1: all of it, on the day asked for; give only what matters. */
export function anAcknowledgmentLine(
  line: Partial<z.input<typeof AcknowledgmentLine>> = {},
): AcknowledgmentLine {
  return AcknowledgmentLine.parse({
    documentLineNumber: '1',
    orderLineNumber: '1',
    item: { buyerItem: 'SKU-1' },
    responses: [anAnswer()],
    ...line,
  })
}

/** Acknowledgment AK-1 of version 1 of order 4711, as ordered; give only what matters. */
export function anAcknowledgment(
  acknowledgment: Partial<z.input<typeof Acknowledgment>> = {},
): Acknowledgment {
  return Acknowledgment.parse({
    kind: 'acknowledgment',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'AK-1',
    revision: 0,
    issuedAt: '2026-11-21T08:00:00Z',
    orderNumber: '4711',
    orderVersion: 1,
    decision: 'accepted',
    unlistedLines: 'unanswered',
    lines: [anAcknowledgmentLine()],
    ...acknowledgment,
  })
}
