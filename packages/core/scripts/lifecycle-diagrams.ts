import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { approvalLifecycle } from '../src/approval/approval-lifecycle.machine.ts'
import { disputeLifecycle } from '../src/dispute/dispute-lifecycle.machine.ts'
import { exceptionLifecycle } from '../src/exception/exception-lifecycle.machine.ts'
import { holdLifecycle } from '../src/hold/hold-lifecycle.machine.ts'
import { agreementLifecycle } from '../src/agreement/agreement-lifecycle.machine.ts'
import { invoiceLifecycle } from '../src/invoice-lifecycle/invoice-lifecycle.machine.ts'
import { changeRequestLifecycle } from '../src/order-change/change-request-lifecycle.machine.ts'
import { orderLifecycle } from '../src/order-lifecycle/order-lifecycle.machine.ts'
import { receiptLineLifecycle } from '../src/receipt/receipt-line-lifecycle.machine.ts'
import { scheduleLifecycle } from '../src/order-lifecycle/schedule-lifecycle.machine.ts'
import { shipmentLifecycle } from '../src/shipment-lifecycle/shipment-lifecycle.machine.ts'
import { stateMeanings } from './state-meanings.ts'

type Lifecycle = {
  readonly title: string
  readonly machine: AnyStateMachine
  readonly about: string
}

/** Every lifecycle, with what it is the life of, by the name of its file. */
export const lifecycles: Readonly<Record<string, Lifecycle>> = {
  order: {
    title: 'Order',
    machine: orderLifecycle,
    about:
      "A purchase order as a whole. What is not the buyer's own decision follows from its schedules.",
  },
  schedule: {
    title: 'Schedule',
    machine: scheduleLifecycle,
    about: 'A quantity of an order line wanted on a day: the unit in which orders are worked.',
  },
  'change-request': {
    title: 'Change request',
    machine: changeRequestLifecycle,
    about: 'A wish of the buyer or the supplier to change an order.',
  },
  shipment: {
    title: 'Shipment',
    machine: shipmentLifecycle,
    about: 'Goods on their way, from the notice to the count at the dock.',
  },
  'receipt-line': {
    title: 'Receipt line',
    machine: receiptLineLifecycle,
    about:
      'Goods of one line at the dock, from their announcement to their place in the warehouse.',
  },
  invoice: {
    title: 'Invoice',
    machine: invoiceLifecycle,
    about: 'An invoice, credit memo or correction, from its receipt to its payment.',
  },
  agreement: {
    title: 'Agreement',
    machine: agreementLifecycle,
    about: 'What was agreed on for a time, and how much of it was released.',
  },
  hold: {
    title: 'Hold',
    machine: holdLifecycle,
    about: 'What stops the payment or the posting of an invoice.',
  },
  exception: {
    title: 'Exception',
    machine: exceptionLifecycle,
    about: 'A case opened for a person. It may be escalated any number of times while it is open.',
  },
  dispute: {
    title: 'Dispute',
    machine: disputeLifecycle,
    about: 'The talk with a supplier about a difference.',
  },
  approval: {
    title: 'Approval',
    machine: approvalLifecycle,
    about: 'A decision somebody with authority must take before something happens.',
  },
}

/** Every page of `docs/lifecycles/`: file name and text. */
export const lifecyclePages = (): ReadonlyMap<string, string> =>
  new Map([
    ['README.md', contents()],
    ...Object.entries(lifecycles).map(
      ([name, lifecycle]) => [`${name}.md`, pageOf(name, lifecycle)] as const,
    ),
  ])

const contents = (): string => {
  const rows = Object.entries(lifecycles).map(
    ([name, { title, about }]) => `- [${title}](./${name}.md): ${about}`,
  )
  return `# Lifecycles

The states everything can be in, drawn from the machines in \`packages/core\` by \`pnpm schemas\`. Documents only add facts;
the states of orders, schedules, changes, shipments, invoices and agreements follow from the facts, so an arrow names what is
true when it is taken. Cases, holds, disputes and approvals move by what people say, so an arrow names what was said.

${rows.join('\n')}
`
}

const pageOf = (name: string, { title, machine, about }: Lifecycle): string => {
  const { root } = machine
  const isParallel = root.type === 'parallel'
  const regions = isParallel ? childrenOf(root) : [root]
  const intro = isParallel ? `\nIt has ${regions.length} regions that move on their own.\n` : ''
  const parts = regions.map((region) => {
    const heading = isParallel ? `## ${sentenceCase(region.key)}\n\n` : ''
    return `${heading}\`\`\`mermaid\n${diagramOf(region)}\n\`\`\`\n\n${meaningsOf(name, region)}\n`
  })
  return `# ${title}\n\n${about}\n${intro}\n${parts.join('\n')}`
}

const meaningsOf = (lifecycle: string, region: AnyStateNode): string =>
  statesIn(region)
    .map((node) => {
      const meaning = stateMeanings[lifecycle]?.[node.path.join('.')]
      if (meaning !== undefined) return `- **${node.key}**: ${meaning}`
      throw new Error(`say what \`${node.path.join('.')}\` of \`${lifecycle}\` means`)
    })
    .join('\n')

const statesIn = (node: AnyStateNode): readonly AnyStateNode[] =>
  childrenOf(node).flatMap((child) => [child, ...statesIn(child)])

/** The transitions of a node and of everything inside it, those without a target left out. */
const transitionsIn = (node: AnyStateNode): readonly AnyTransitionDefinition[] => [
  ...[...(node.always ?? []), ...[...node.transitions.values()].flat()].filter(
    ({ target }) => target !== undefined,
  ),
  ...childrenOf(node).flatMap(transitionsIn),
]

const diagramOf = (region: AnyStateNode): string =>
  ['stateDiagram-v2', ...stateLines(region, '  '), ...transitionsIn(region).flatMap(arrowsOf)].join(
    '\n',
  )

const stateLines = (node: AnyStateNode, indent: string): readonly string[] => {
  const initial = node.initial.target[0]
  const children = childrenOf(node)
  return [
    ...(initial === undefined ? [] : [`${indent}[*] --> ${idOf(initial)}`]),
    ...children.flatMap((child) => {
      const named = `${indent}state "${child.key}" as ${idOf(child)}`
      if (childrenOf(child).length === 0) return [named]
      return [`${named} {`, ...stateLines(child, `${indent}  `), `${indent}}`]
    }),
    ...children
      .filter(({ type }) => type === 'final')
      .map((child) => `${indent}${idOf(child)} --> [*]`),
  ]
}

const arrowsOf = (transition: AnyTransitionDefinition): readonly string[] => {
  const guard = transition.guard === undefined ? '' : guardWords(transition.guard)
  const said = transition.eventType
  const label = said === '' ? guard : guard === '' ? said : `${said} [${guard}]`
  return (transition.target ?? []).map(
    (target: AnyStateNode) =>
      `  ${idOf(transition.source)} --> ${idOf(target)}${label === '' ? '' : ` : ${label}`}`,
  )
}

const guardWords = (guard: unknown): string => {
  if (typeof guard === 'string') return wordsOf(guard)
  if (typeof guard === 'function' && 'guards' in guard && Array.isArray(guard.guards)) {
    return `no longer ${guard.guards.map(guardWords).join(' and ')}`
  }
  throw new Error('a guard without a name cannot be drawn: name it in `setup`')
}

const wordsOf = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^is /, '')

const childrenOf = (node: AnyStateNode): readonly AnyStateNode[] => Object.values(node.states)

const idOf = (node: AnyStateNode): string => node.path.join('_').replaceAll('-', '_')

const sentenceCase = (key: string): string =>
  `${key.charAt(0).toUpperCase()}${key.slice(1).replaceAll('-', ' ')}`
