import { type AggregateReference, isOpenCase } from '@counterfoil/core'
import type { CommandAnswer } from '@counterfoil/runtime'
import { findInvoice } from '../invoice-lifecycle/find-invoice.ts'
import { readNodeIdOf } from '../node/node-id.ts'
import { carryOut, type CommandInput } from '../refusal/command.ts'
import { notAllowed, notFound, type RefusalNode, refusalIn } from '../refusal/refusal.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { Desk, DeskOf } from '../request/desk.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { type ExceptionNode, findException } from './exception-node.ts'

type CaseInput = CommandInput & { readonly id: string }
type InputOf<Said> = { readonly input: CaseInput & Said }

/** Has cases settled, taken, given on and disputed. */
export function createExceptionCommands(deskOf: DeskOf): ObjectResolvers {
  return {
    Mutation: {
      resolveException: command(
        deskOf,
        'case.resolved',
        ({ code, note, rootCause }: Resolution) => ({
          code,
          note: note ?? null,
          rootCause: rootCause ?? null,
        }),
      ),
      takeException: command(deskOf, 'case.taken', () => ({})),
      assignException: command(deskOf, 'case.assigned', ({ person, role }: Assignment) => ({
        person: person ?? null,
        role: role ?? undefined,
      })),
      bypassException: command(deskOf, 'case.bypassed', ({ reason }: Reason) => ({ reason })),
      reopenException: command(deskOf, 'case.reopened', ({ reason }: Reason) => ({ reason })),
      disputeException: async (
        _: unknown,
        { input }: InputOf<Claim>,
        context: CounterfoilContext,
      ) => {
        const desk = deskOf(context)
        const found = await findWorkable(desk, input.id)
        if (found.refusal !== null) return found.refusal
        const { exceptionId, subject } = found.exception
        if (subject.aggregate !== 'invoice') {
          return notAllowed('NOT_AN_INVOICE', 'only a difference of an invoice can be disputed')
        }
        const aggregate = { kind: subject.aggregate, key: subject.key }
        const claim = input.claim ?? null
        const data = { exceptionId, claim, text: input.text }
        const answer = await carryOut(desk, input, { aggregate, type: 'invoice.disputed', data })
        return (
          (await refusalAbout(desk, exceptionId, answer)) ?? (await findInvoice(desk, subject.key))
        )
      },
    },
  }
}

type Resolution = {
  readonly code: string
  readonly note?: string | null
  readonly rootCause?: string | null
}
type Assignment = { readonly person?: string | null; readonly role?: string | null }
type Reason = { readonly reason: string }
type Claim = {
  readonly claim?: { readonly amount: string; readonly currency: string } | null
  readonly text: string
}

function command<Said>(
  deskOf: DeskOf,
  type: string,
  dataOf: (said: Said) => { readonly [name: string]: unknown },
) {
  return async (_: unknown, { input }: InputOf<Said>, context: CounterfoilContext) => {
    const desk = deskOf(context)
    const found = await findWorkable(desk, input.id)
    if (found.refusal !== null) return found.refusal
    const { exceptionId } = found.exception
    const answer = await carryOut(desk, input, {
      aggregate: found.aggregate,
      type,
      data: { exceptionId, ...dataOf(input) },
    })
    return (await refusalAbout(desk, exceptionId, answer)) ?? findException(desk, exceptionId)
  }
}

/** The case of a command, unless there is none or it is one of the runtime's own. */
async function findWorkable(
  desk: Desk,
  id: string,
): Promise<
  | { readonly refusal: RefusalNode }
  | {
      readonly refusal: null
      readonly exception: ExceptionNode
      readonly aggregate: AggregateReference
    }
> {
  desk.actor()
  const exception = await findException(desk, readNodeIdOf('ExceptionCase', id))
  if (exception === null) return { refusal: notFound('there is no such case') }
  const { aggregate: kind, key } = exception.subject
  if (kind === 'document') {
    const sentence =
      'the case of a quarantined document closes when the document is dealt with: use `repairQuarantined` or `discardQuarantined`'
    return { refusal: notAllowed('QUARANTINED', sentence) }
  }
  if (exception.code !== 'DEAD_LETTER') {
    return { refusal: null, exception, aggregate: { kind, key } }
  }
  const sentence =
    'the case of a dead letter closes when the letter is dealt with: use `redriveDeadLetter` or `discardDeadLetter`'
  return { refusal: notAllowed('DEAD_LETTER', sentence) }
}

async function refusalAbout(desk: Desk, exceptionId: string, answer: CommandAnswer) {
  const refusal = refusalIn(answer)
  if (answer.outcome !== 'refused' || !settledReasons.has(answer.reason)) return refusal
  const exception = await findException(desk, exceptionId)
  if (exception === null || isOpenCase(exception)) return refusal
  return { ...refusal, __typename: 'AlreadyResolved', exception }
}

const settledReasons: ReadonlySet<string> = new Set(['case-state', 'case-settled'])
