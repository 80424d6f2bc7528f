import fc from 'fast-check'
import { Engine } from 'json-rules-engine'
import { describe, expect, it } from 'vitest'
import { compileRules } from '../check/compile-rules.ts'
import type { FactStep } from '../facts/fact-path.ts'
import { type FactField, type FactType } from '../facts/fact-type.ts'
import { factTypesOfKind } from '../facts/facts-of-kind.ts'
import { makeProgram } from '../evaluate/program.ts'
import { fillSlots, holds, roomFor } from '../evaluate/run-program.ts'
import type { OperatorName } from '../evaluate/operators.ts'

const facts = factTypesOfKind.tolerance
