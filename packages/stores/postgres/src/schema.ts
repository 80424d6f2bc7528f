import { effectIndex, effectIndexGone, effectTables } from './effect-tables.ts'
import { evidenceIndexes, evidenceTables } from './evidence-tables.ts'

/** Statements of one transaction, or an index that is made beside the work of others. */
export type SchemaStep = string | { readonly index: string; readonly on: string }

/**
 * The tables of each schema version, in order: a schema of version n has run the first n. A released entry never
 * changes; a change of the tables is a new entry, written so that processes of the release before can go on meanwhile:
 * columns are added with a default or empty, an index on a table that is not new is a step of its own, which is made while
 * others write.
 *
 * Bodies are the records as JSON, whole; the columns beside them are what is searched and sorted by. The type is `json`
 * because `jsonb` refuses some text that must be kept. Moments are milliseconds since 1970 so that one instant spelled
 * in two ways is one moment. The collation "C" puts text in the order of its code points.
 *
 * `slot` says which part of the background work a row belongs to: see `slots.ts`.
 */
export const schemaVersions: readonly SchemaStep[] = [
  `
CREATE TABLE position (only_one boolean PRIMARY KEY CHECK (only_one), last bigint NOT NULL);
INSERT INTO position VALUES (true, 0);

CREATE TABLE aggregate (
  tenant text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
  version bigint NOT NULL, body json NOT NULL,
  PRIMARY KEY (tenant, kind, key)
) WITH (fillfactor = 80);

CREATE TABLE event (
  position bigint NOT NULL,
  tenant text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL, id text COLLATE "C" NOT NULL, message_id text COLLATE "C", body json NOT NULL,
  PRIMARY KEY (tenant, position),
  UNIQUE (tenant, kind, key, sequence),
  UNIQUE (tenant, kind, key, id)
);
CREATE UNIQUE INDEX event_message ON event (tenant, kind, key, message_id) WHERE message_id IS NOT NULL;

CREATE TABLE audit (
  tenant text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL, event_id text COLLATE "C" NOT NULL, body json NOT NULL,
  PRIMARY KEY (tenant, kind, key, sequence)
);
CREATE INDEX audit_event ON audit (tenant, event_id);

CREATE TABLE message (
  tenant text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL, slot smallint NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('queued', 'parked', 'dead')),
  position bigint NOT NULL, reason text NOT NULL, sentence text NOT NULL, parked_at text NOT NULL,
  body json NOT NULL,
  PRIMARY KEY (tenant, kind, key, id)
);
CREATE INDEX message_queued ON message (position) WHERE status = 'queued';
CREATE INDEX message_parked ON message (tenant, position) WHERE status = 'parked';

CREATE TABLE timer (
  tenant text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL, slot smallint NOT NULL,
  armed_version bigint NOT NULL, due bigint NOT NULL, body json NOT NULL,
  PRIMARY KEY (tenant, kind, key, id)
);
CREATE INDEX timer_due ON timer (due, tenant, kind, key, id);

CREATE TABLE effect (
  position bigint PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, slot smallint NOT NULL,
  destination text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead', 'discarded')),
  attempts integer NOT NULL, not_before text, not_before_moment bigint,
  settled_at text, connector text, reference text, sentence text, body json NOT NULL,
  UNIQUE (tenant, id)
) WITH (fillfactor = 80);
CREATE INDEX effect_waiting ON effect (position) WHERE state = 'waiting';
CREATE INDEX effect_lane ON effect (tenant, kind, key, destination, position) WHERE state = 'waiting';
CREATE INDEX effect_owner ON effect (tenant, kind, key, position);
CREATE INDEX effect_tenant ON effect (tenant, position);

CREATE TABLE work_row (
  tenant text COLLATE "C" NOT NULL, view text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL,
  source text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
  buyer_organisation text COLLATE "C" NOT NULL, supplier text COLLATE "C",
  state text COLLATE "C" NOT NULL, open boolean NOT NULL, owner_role text COLLATE "C",
  opened bigint NOT NULL, due bigint NOT NULL, body json NOT NULL,
  PRIMARY KEY (tenant, view, id, source)
);
CREATE INDEX work_row_source ON work_row (tenant, source);
CREATE INDEX work_row_due ON work_row (tenant, view, due, id, source);
CREATE INDEX work_row_opened ON work_row (tenant, view, opened, id, source);

CREATE TABLE link (
  tenant text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
  other_kind text COLLATE "C" NOT NULL, other_key text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, kind, key, other_kind, other_key)
);

CREATE TABLE delivery (
  tenant text COLLATE "C" NOT NULL, delivery_key text COLLATE "C" NOT NULL, body json NOT NULL,
  PRIMARY KEY (tenant, delivery_key)
);

CREATE TABLE document (
  position bigint NOT NULL,
  tenant text COLLATE "C" NOT NULL, document_key text COLLATE "C" NOT NULL, revision bigint NOT NULL,
  content_hash text COLLATE "C" NOT NULL, body json NOT NULL,
  PRIMARY KEY (tenant, document_key, revision, content_hash)
);

CREATE TABLE command (
  tenant text COLLATE "C" NOT NULL, idempotency_key text COLLATE "C" NOT NULL, body json NOT NULL,
  PRIMARY KEY (tenant, idempotency_key)
);

CREATE TABLE quarantined (
  position bigint NOT NULL,
  tenant text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, state text COLLATE "C" NOT NULL,
  body json NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX quarantined_order ON quarantined (tenant, position);

CREATE TABLE dead_letter (
  position bigint NOT NULL,
  tenant text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, state text COLLATE "C" NOT NULL,
  body json NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX dead_letter_order ON dead_letter (tenant, position);

CREATE TABLE register (
  position bigint NOT NULL,
  tenant text COLLATE "C" NOT NULL, buyer_organisation text COLLATE "C" NOT NULL,
  invoice_key text COLLATE "C" NOT NULL, invoice_number text COLLATE "C" NOT NULL,
  invoice_date text COLLATE "C" NOT NULL, total_amount text COLLATE "C", body json NOT NULL,
  PRIMARY KEY (tenant, invoice_key)
);
CREATE INDEX register_number ON register (tenant, buyer_organisation, invoice_number);
CREATE INDEX register_date ON register (tenant, buyer_organisation, invoice_date);

CREATE TABLE cursor (connector text COLLATE "C" PRIMARY KEY, cursor text NOT NULL);

CREATE TABLE tenant_role (
  role text COLLATE "C" NOT NULL, tenant text COLLATE "C" NOT NULL, PRIMARY KEY (role, tenant)
);

CREATE FUNCTION visible_tenants() RETURNS text[] LANGUAGE sql STABLE
  SET search_path FROM CURRENT
  RETURN (
    SELECT coalesce(array_agg(tenant), ARRAY[current_setting('counterfoil.tenant', true)])
    FROM tenant_role WHERE role = current_user
  );

ALTER TABLE position ENABLE ROW LEVEL SECURITY;
ALTER TABLE cursor ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_role ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_role ON tenant_role FOR SELECT USING (role = current_user);
${[
  'aggregate',
  'event',
  'audit',
  'message',
  'timer',
  'effect',
  'work_row',
  'link',
  'delivery',
  'document',
  'command',
  'quarantined',
  'dead_letter',
  'register',
]
  .map(
    (table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON ${table} FOR SELECT USING (tenant = ANY ((SELECT visible_tenants())::text[]));`,
  )
  .join('\n')}
`,
  evidenceTables,
  evidenceIndexes,
  // Which machine made a state: in columns, because PostgreSQL reads no field of a body with text it cannot hold. Empty for a
  // state without a shape, as the release before goes on writing them.
  `
ALTER TABLE aggregate ADD COLUMN machine text COLLATE "C", ADD COLUMN machine_version bigint,
  ADD COLUMN shape text COLLATE "C";
`,
  effectTables,
  effectIndex,
  effectIndexGone,
  // Whether anything about an aggregate is open: small, because most of what was ever shown is closed.
  `
CREATE INDEX work_row_open ON work_row (tenant, kind, key) WHERE open;
`,
]
