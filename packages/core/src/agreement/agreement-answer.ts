import * as z from 'zod'

/** The agreement says which lines of a release go beyond it; what is billed of them waits until their cases are settled. */
export const AgreementAnswered = z.strictObject({
  agreementKey: z.string().min(1).max(400),
  /** How many events the agreement had: of two answers the higher is the later. */
  agreementSequence: z.int().positive(),
  orderNumber: z.string().min(1).max(80),
  /** None where all of the release is covered. */
  stopped: z
    .array(
      z.strictObject({
        orderLineNumber: z.string().min(1).max(40),
        exceptionIds: z.array(z.string().min(1).max(600)).min(1),
        sentence: z.string().max(1000),
      }),
    )
    .max(5000),
})
export type AgreementAnswered = z.infer<typeof AgreementAnswered>
