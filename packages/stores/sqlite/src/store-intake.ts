import { type Commit, registerNumber, registerTotal } from '@counterfoil/runtime'
import type { NextPosition } from './commit-to-file.ts'
import type { Database } from './database.ts'
import { asText } from './stored.ts'

/** Stores what was answered to deliveries and commands, what was set aside, the register and the cursors. */
export function storeIntake(database: Database, commit: Commit, nextPosition: NextPosition): void {
  if (isErasing(commit)) overwriteDeleted(database)
  for (const delivery of commit.deliveries ?? []) {
    const sql = 'INSERT OR REPLACE INTO delivery VALUES (?, ?, ?)'
    database.run(sql, delivery.tenant, delivery.deliveryKey, asText(delivery))
  }
  for (const document of commit.documents ?? []) {
    database.run(
      'INSERT OR IGNORE INTO document VALUES (?, ?, ?, ?, ?, ?)',
      nextPosition(),
      document.tenant,
      document.documentKey,
      document.revision,
      document.contentHash,
      asText(document),
    )
  }
  for (const command of commit.commands ?? []) {
    const sql = 'INSERT OR REPLACE INTO command VALUES (?, ?, ?)'
    database.run(sql, command.tenant, command.idempotencyKey, asText(command))
  }
  storeAside(database, commit, nextPosition)
  storeRegister(database, commit, nextPosition)
  for (const original of commit.originals ?? []) {
    const sql = 'INSERT OR REPLACE INTO original VALUES (?, ?, ?)'
    database.run(sql, original.tenant, original.deliveryKey, asText(original))
  }
  for (const { connector, cursor } of commit.cursors ?? []) {
    database.run('INSERT OR REPLACE INTO cursor VALUES (?, ?)', connector, cursor)
  }
}

function isErasing({ originals, quarantined }: Commit): boolean {
  return (
    originals?.some(({ kept }) => kept === null) === true ||
    quarantined?.some(({ raw }) => raw === '') === true
  )
}

/** From now on this connection overwrites what it deletes: what was erased is not left in the file. */
export function overwriteDeleted(database: Database): void {
  database.run('PRAGMA secure_delete = ON')
}

function storeAside(database: Database, commit: Commit, nextPosition: NextPosition): void {
  const replace =
    'ON CONFLICT (tenant, id) DO UPDATE SET state = excluded.state, body = excluded.body'
  for (const record of commit.quarantined ?? []) {
    database.run(
      `INSERT INTO quarantined VALUES (?, ?, ?, ?, ?) ${replace}`,
      nextPosition(),
      record.tenant,
      record.quarantineId,
      record.state,
      asText(record),
    )
  }
  for (const record of commit.deadLetters ?? []) {
    database.run(
      `INSERT INTO dead_letter VALUES (?, ?, ?, ?, ?) ${replace}`,
      nextPosition(),
      record.tenant,
      record.deadLetterId,
      record.state,
      asText(record),
    )
  }
}

function storeRegister(database: Database, commit: Commit, nextPosition: NextPosition): void {
  for (const entry of commit.register ?? []) {
    const { invoiceNumber, invoiceDate, totalAmount } = entry.invoice
    database.run(
      `INSERT INTO register VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant, invoice_key) DO UPDATE SET
       buyer_organisation = excluded.buyer_organisation, invoice_number = excluded.invoice_number,
       invoice_date = excluded.invoice_date, total_amount = excluded.total_amount, body = excluded.body`,
      nextPosition(),
      entry.tenant,
      entry.buyerOrganisation,
      entry.invoiceKey,
      registerNumber(invoiceNumber),
      invoiceDate,
      registerTotal(totalAmount),
      asText(entry),
    )
  }
}
