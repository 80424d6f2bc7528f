import { Environment } from '@marcbachmann/cel-js'
import { ZenEngine } from '@gorules/zen-engine'
import { engineFor } from '@counterfoil/rules/compat'
import { LogicEngine } from 'json-logic-engine'
import type { LoadedRuleSet } from '@counterfoil/rules'
import type { WorkloadLine } from './workload-lines.ts'
import { type WorkloadLeaf, workloadRules } from './workload-rules.ts'

/** Another engine on the same thirty rules: the bits of those that fire. */
export type Peer = {
  readonly name: string
  readonly evaluate: (line: WorkloadLine) => number | Promise<number>
}

const bitOf = new Map(workloadRules.map(({ name }, index) => [name, 1 << index]))

/** json-rules-engine, made once for each rule set and used again, with its own resolver of paths. */
export function jsonRulesEngine(ruleSets: readonly LoadedRuleSet[]): Peer {
  const engines = ruleSets.map((set) => engineFor(set))
  return {
    name: 'json-rules-engine 7, reused',
    evaluate: async (line) => {
      let bits = 0
      for (const engine of engines) {
        const { results } = await engine.run({ ...line })
        for (const { name } of results) bits |= bitOf.get(name) ?? 0
      }
      return bits
    },
  }
}

/** json-logic-engine, built to JavaScript by `new Function`, and interpreted. */
export function jsonLogic(): readonly [Peer, Peer] {
  const rules = workloadRules.map(logicOf)
  const engine = new LogicEngine()
  const built = rules.map((rule) => engine.build(rule))
  return [
    {
      name: 'json-logic-engine 5, build() (generates code)',
      evaluate: (line) => bits((index) => built[index]?.(line) === true),
    },
    {
      name: 'json-logic-engine 5, run()',
      evaluate: (line) => bits((index) => engine.run(rules[index], line) === true),
    },
  ]
}

function logicOf({ all, any }: (typeof workloadRules)[number]): object {
  const parts = all.map(logicOfLeaf)
  return { and: any === undefined ? parts : [...parts, { or: any.map(logicOfLeaf) }] }
}

function logicOfLeaf([place, operator, value]: WorkloadLeaf): object {
  const variable = { var: place }
  switch (operator) {
    case 'equal':
      return { '===': [variable, value] }
    case 'in':
      return { in: [variable, value] }
    case 'is-present':
      return { '!==': [variable, null] }
    case 'decimal-above':
      return { '>': [variable, Number(value)] }
    case 'decimal-at-least':
    case 'greaterThanInclusive':
      return { '>=': [variable, Number(value)] }
    case 'decimal-at-most':
    case 'lessThanInclusive':
      return { '<=': [variable, Number(value)] }
  }
}

/** cel-js, parsed once. */
export function celJs(): Peer {
  const environment = new Environment({ unlistedVariablesAreDyn: true })
  const rules = workloadRules.map((rule) => environment.parse(textOf(rule, celOfLeaf, '&&', '||')))
  return {
    name: 'cel-js 8, parsed once',
    evaluate: (line) => bits((index) => rules[index]?.(line) === true),
  }
}

function celOfLeaf(leaf: WorkloadLeaf): string {
  const [, , value] = leaf
  const isWhole = Number.isInteger(Number(value))
  return textOfLeaf(leaf, { cast: 'double', number: `${Number(value)}${isWhole ? '.0' : ''}` })
}

/** zen-engine (Rust), all rules as one expression node: one call for a line. */
export function zen(): Peer {
  const expressions = workloadRules.map((rule, index) => ({
    id: `e${index}`,
    key: `r${index}`,
    value: textOf(rule, zenOfLeaf, 'and', 'or'),
  }))
  const content = {
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      {
        id: 'rules',
        type: 'expressionNode',
        name: 'rules',
        position: { x: 0, y: 0 },
        content: { expressions },
      },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 0, y: 0 } },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'rules' },
      { id: 'b', type: 'edge', sourceId: 'rules', targetId: 'out' },
    ],
  }
  const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(content)))
  return {
    name: 'zen-engine 0.54 (Rust), one call a line',
    evaluate: async (line) => {
      const { result } = await decision.evaluate(line)
      return bits((index) => result[`r${index}`] === true)
    },
  }
}

function zenOfLeaf(leaf: WorkloadLeaf): string {
  const [, , value] = leaf
  return textOfLeaf(leaf, { cast: 'number', number: String(value) })
}

/** A comparison in the words the two expression languages share. */
function textOfLeaf(
  [place, operator, value]: WorkloadLeaf,
  { cast, number }: { readonly cast: string; readonly number: string },
): string {
  const constant = JSON.stringify(value)
  switch (operator) {
    case 'equal':
      return `${place} == ${constant}`
    case 'in':
      return `${place} in ${constant}`
    case 'is-present':
      return `${place} != null`
    case 'decimal-above':
      return `${cast}(${place}) > ${number}`
    case 'decimal-at-least':
      return `${cast}(${place}) >= ${number}`
    case 'decimal-at-most':
      return `${cast}(${place}) <= ${number}`
    case 'greaterThanInclusive':
      return `${place} >= ${number}`
    case 'lessThanInclusive':
      return `${place} <= ${number}`
  }
}

function textOf(
  { all, any }: (typeof workloadRules)[number],
  leaf: (one: WorkloadLeaf) => string,
  and: string,
  or: string,
): string {
  const parts = all.map(leaf)
  return (any === undefined ? parts : [...parts, `(${any.map(leaf).join(` ${or} `)})`]).join(
    ` ${and} `,
  )
}

function bits(fires: (index: number) => boolean): number {
  let fired = 0
  for (let index = 0; index < workloadRules.length; index += 1)
    if (fires(index)) fired |= 1 << index
  return fired
}
