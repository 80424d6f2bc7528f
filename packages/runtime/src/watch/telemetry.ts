/**
 * What may be told of work: codes, counts, and names the host chose. `order`, `supplier`, `messageId` and `decisionId`
 * hold what partners wrote; whoever tells them on disguises them. Nothing else of a document is ever here.
 */
export type WorkFacts = {
  readonly tenant?: string
  readonly connection?: string
  readonly destination?: string
  readonly documentKind?: string
  readonly messageType?: string
  readonly intentKind?: string
  /** What became of it: `accepted`, `applied`, `delivered` and their like. */
  readonly outcome?: string
  readonly reason?: string
  /** The code of the error it ended with. */
  readonly error?: string
  readonly attempt?: number
  /** What was asked of the rules: `matching`, `tolerance`, `routing` ... */
  readonly question?: string
  /** `id@version` of the rule set that answered. */
  readonly ruleSet?: string
  /** The state before and after a decision. */
  readonly from?: string | null
  readonly to?: string | null
  readonly auditEntries?: number
  /** The key of the order, shipment or invoice it is about. */
  readonly order?: string
  readonly supplier?: string
  readonly messageId?: string
  readonly decisionId?: string
}

/** A piece of work: a document, a decision of a person, a message, a timer that ran out, or an effect carried out. */
export type WatchedWork = {
  readonly kind: 'document' | 'command' | 'message' | 'timer' | 'effect'
  readonly facts: WorkFacts
  /** The trace it belongs to, as W3C Trace Context writes it; absent where it begins one. */
  readonly traceparent?: string | undefined
}

/** A part of the work: asking the rules, moving a state machine, storing the decision with its audit entries. */
export type WatchedStep = 'rules.evaluate' | 'machine.transition' | 'audit.append'

/** Watches one piece of work from its beginning to its end. */
export type Watch = {
  /** Kept with everything that follows from the work; undefined where nobody records it. */
  readonly traceparent: string | undefined
  /** Ties it to the work with which its order began. */
  readonly link: (traceparent: string) => void
  /** Carries a step out and tells of it; steps within it are its parts. */
  readonly step: <Answer>(
    step: WatchedStep,
    carryOut: () => Answer,
    factsOf: (answer: Answer) => WorkFacts,
  ) => Answer
  /** Begins a step that others do not wait for. Gives what ends it. */
  readonly begin: (step: WatchedStep, facts: WorkFacts) => () => void
  readonly end: (facts: WorkFacts) => void
}

/** Is told what a runtime does while it does it. `@counterfoil/runtime/telemetry` makes one of OpenTelemetry. */
export type Telemetry = { readonly begin: (work: WatchedWork) => Watch }
