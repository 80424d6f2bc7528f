/** The union a command answers with: what it gives when it was carried out, and every refusal it may get. */
export function resultSdl(name: string, given: string, refusals: readonly string[]): string {
  return `
"""
What became of it: ${given} as it stands afterwards, or why it was refused. Ask for \`... on Refusal { code sentence }\`.
"""
union ${name} = ${[given, ...refusals].join(' | ')}
`
}

/** The fields of every command input about an order, shipment or invoice. */
export const commandFields = `
  """
  Chosen by the client, 1 to 200 characters: the same command under the same key has one effect and the same answer.
  """
  idempotencyKey: String!
  """
  The version that was looked at; refused as a VersionConflict when there is a newer one. Decides whatever the version is
  when absent.
  """
  expectedVersion: Int`
