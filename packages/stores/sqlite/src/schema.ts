import { effectTables } from './effect-tables.ts'
import { auditTable } from './audit-table.ts'
import { evidenceTables } from './evidence-tables.ts'

/**
 * The tables of each schema version, in order: the file of version n has run the first n. A released entry never
 * changes; a change of the tables is a new entry.
 *
 * Bodies are the records as JSON, whole; the columns beside them are what is searched and sorted by. Moments are
 * milliseconds since 1970 so that one instant spelled in two ways is one moment. Text is compared byte by byte, which in
 * UTF-8 is the order of code points.
 */
export const schemaVersions: readonly string[] = [
  `
CREATE TABLE position (only INTEGER PRIMARY KEY CHECK (only = 1), last INTEGER NOT NULL) STRICT;
INSERT INTO position VALUES (1, 0);

CREATE TABLE aggregate (
  tenant TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  version INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (tenant, kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  sequence INTEGER NOT NULL, id TEXT NOT NULL, message_id TEXT, body TEXT NOT NULL,
  UNIQUE (tenant, kind, key, sequence),
  UNIQUE (tenant, kind, key, id)
) STRICT;
CREATE UNIQUE INDEX event_message ON event (tenant, kind, key, message_id) WHERE message_id IS NOT NULL;

CREATE TABLE audit (
  tenant TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  sequence INTEGER NOT NULL, event_id TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (tenant, kind, key, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_event ON audit (tenant, event_id);

CREATE TABLE message (
  tenant TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'parked', 'dead')),
  position INTEGER NOT NULL, reason TEXT NOT NULL, sentence TEXT NOT NULL, parked_at TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, kind, key, id)
) STRICT;
CREATE INDEX message_waiting ON message (status, position);

CREATE TABLE timer (
  tenant TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
  armed_version INTEGER NOT NULL, due INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (tenant, kind, key, id)
) STRICT;
CREATE INDEX timer_due ON timer (due, tenant, kind, key, id);

CREATE TABLE effect (
  position INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, destination TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead', 'discarded')),
  attempts INTEGER NOT NULL, not_before TEXT, not_before_moment INTEGER,
  settled_at TEXT, connector TEXT, reference TEXT, sentence TEXT, body TEXT NOT NULL,
  UNIQUE (tenant, id)
) STRICT;
CREATE INDEX effect_waiting ON effect (position) WHERE state = 'waiting';
CREATE INDEX effect_lane ON effect (tenant, kind, key, destination, position) WHERE state = 'waiting';
CREATE INDEX effect_owner ON effect (tenant, kind, key, position);

CREATE TABLE work_row (
  tenant TEXT NOT NULL, view TEXT NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL,
  kind TEXT NOT NULL, key TEXT NOT NULL, buyer_organisation TEXT NOT NULL, supplier TEXT,
  state TEXT NOT NULL, open INTEGER NOT NULL, owner_role TEXT,
  opened INTEGER NOT NULL, due INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (tenant, view, id, source)
) STRICT;
CREATE INDEX work_row_source ON work_row (tenant, source);
CREATE INDEX work_row_due ON work_row (tenant, view, due, id);
CREATE INDEX work_row_opened ON work_row (tenant, view, opened, id);

CREATE TABLE link (
  tenant TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, other_kind TEXT NOT NULL, other_key TEXT NOT NULL,
  PRIMARY KEY (tenant, kind, key, other_kind, other_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
  tenant TEXT NOT NULL, delivery_key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, delivery_key)
) STRICT;

CREATE TABLE document (
  position INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL, document_key TEXT NOT NULL, revision INTEGER NOT NULL, content_hash TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (tenant, document_key, revision, content_hash)
) STRICT;

CREATE TABLE command (
  tenant TEXT NOT NULL, idempotency_key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, idempotency_key)
) STRICT;

CREATE TABLE quarantined (
  position INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (tenant, id)
) STRICT;

CREATE TABLE dead_letter (
  position INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (tenant, id)
) STRICT;

CREATE TABLE register (
  position INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL, buyer_organisation TEXT NOT NULL, invoice_key TEXT NOT NULL,
  invoice_number TEXT NOT NULL, invoice_date TEXT NOT NULL, total_amount TEXT, body TEXT NOT NULL,
  UNIQUE (tenant, invoice_key)
) STRICT;
CREATE INDEX register_number ON register (tenant, buyer_organisation, invoice_number);
CREATE INDEX register_date ON register (tenant, buyer_organisation, invoice_date);

CREATE TABLE cursor (connector TEXT PRIMARY KEY, cursor TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
  evidenceTables,
  effectTables,
  auditTable,
  // Whether anything about an aggregate is open: small, because most of what was ever shown is closed.
  `
CREATE INDEX work_row_open ON work_row (tenant, kind, key) WHERE open = 1;
`,
]
