import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { canonicalJson, CounterfoilError, sha256Hex } from '@counterfoil/core'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { readSigner } from '../audit/read-signer.ts'
import { booksOptions, openBooks } from '../books/open-books.ts'
import { evidenceFiles, type Files, manifestOf } from '../evidence/evidence-files.ts'
import { type Evidence, gatherEvidence } from '../evidence/gather-evidence.ts'
import { readmeText } from '../evidence/readme-text.ts'
import { type FoundRuleSets, ruleSetsOf } from '../evidence/rule-set-files.ts'
import { readyMadeRuleSets } from '../rules/ready-made-rule-sets.ts'

/**
 * `counterfoil evidence INVOICE`: writes the documents, decisions, rule sets and audit chains of an invoice, with the signed
 * heads and a program that checks them, into a folder that is not there yet. Ends with 1 where a rule set is not at hand in
 * the exact version that was used.
 */
export async function evidenceCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...booksOptions,
      to: { type: 'string' },
      'rule-sets': { type: 'string' },
      sign: { type: 'string' },
      'key-id': { type: 'string' },
    },
  })
  const [invoice, ...others] = positionals
  const { store: place, tenant, to } = values
  if (!invoice || others.length > 0 || !place || !tenant || !to) {
    out('evidence: name one invoice, and --store, --tenant and --to')
    return 2
  }
  refuseFullFolder(to)
  const store = await openBooks(place, { schema: values.schema, readOnly: false })
  try {
    const evidence = await gatherEvidence(store, { tenant, invoice })
    const ruleSets = ruleSetsOf(evidence.entries, ruleSetsAtHand(values['rule-sets']))
    const files = withVerifier(evidenceFiles(evidence, ruleSets))
    const manifest = await manifestText(evidence, files, {
      file: values.sign,
      keyId: values['key-id'],
    })
    writeFiles(to, new Map([...files, ['manifest.json', manifest]]))
    for (const line of report(to, evidence, ruleSets)) out(line)
    out(`the manifest's hash is ${sha256Hex(manifest)}: hand it over another way than the folder`)
    return ruleSets.missing.length > 0 ? 1 : 0
  } finally {
    await store.close()
  }
}

function refuseFullFolder(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return
  throw new CounterfoilError(
    'COMMAND_INVALID',
    `\`${folder}\` holds something already: name a folder that is empty or not there`,
  )
}

function ruleSetsAtHand(folder: string | undefined) {
  return [...(folder === undefined ? [] : loadRuleSetFolder(folder)), ...readyMadeRuleSets()]
}

function withVerifier(files: Files): Files {
  const verifier = new URL('verify-audit.mjs', import.meta.resolve('@counterfoil/cli/package.json'))
  return new Map([
    ...files,
    ['README.md', readmeText],
    ['verify-audit.mjs', readFileSync(verifier, 'utf8')],
  ])
}

async function manifestText(
  evidence: Evidence,
  files: Files,
  { file, keyId }: { readonly file: string | undefined; readonly keyId: string | undefined },
): Promise<string> {
  const manifest = manifestOf(evidence, files, new Date().toISOString())
  if (file === undefined) return `${canonicalJson(manifest)}\n`
  const signer = readSigner(file, keyId)
  const named = { ...manifest, keyId: signer.keyId }
  const signature = Buffer.from(await signer.sign(Buffer.from(canonicalJson(named))))
  return `${canonicalJson({ ...named, signature: signature.toString('hex') })}\n`
}

function writeFiles(folder: string, files: Files): void {
  for (const [name, text] of files) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

function* report(folder: string, evidence: Evidence, { missing }: FoundRuleSets) {
  const { invoiceKey, documents, events, entries, heads, purged } = evidence
  yield `${folder}: invoice ${invoiceKey}, ${documents.length} documents, ${events.length} events, ${entries.length} audit entries, ${heads.length} heads`
  for (const { aggregate, archive } of purged) {
    yield `${aggregate} was purged: hand the archive ${archive} over as well`
  }
  for (const { ruleSet, version, hash } of missing) {
    yield `rule set ${ruleSet}@${version} (${hash}) is not at hand in this version: name its folder with --rule-sets`
  }
}
