const ownTables = ['audit_head', 'audit_key', 'person', 'original'] as const

/**
 * What an auditor asks for beside the chains: the signed heads, their public keys, and under which head an entry is; and
 * apart from the books, so that they can be erased, the names of people and the texts documents came as.
 */
export const evidenceTables = `
ALTER TABLE audit ADD COLUMN head bigint;

CREATE TABLE audit_head (
  tenant text COLLATE "C" NOT NULL, number bigint NOT NULL, body json NOT NULL,
  PRIMARY KEY (tenant, number)
);

CREATE TABLE audit_key (
  tenant text COLLATE "C" NOT NULL, key_id text COLLATE "C" NOT NULL, body json NOT NULL,
  PRIMARY KEY (tenant, key_id)
);

CREATE TABLE person (
  tenant text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL, token text COLLATE "C" NOT NULL,
  salt text NOT NULL, PRIMARY KEY (tenant, name), UNIQUE (tenant, token)
);

CREATE TABLE original (
  tenant text COLLATE "C" NOT NULL, delivery_key text COLLATE "C" NOT NULL, body json NOT NULL,
  PRIMARY KEY (tenant, delivery_key)
);
${ownTables
  .map(
    (table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON ${table} FOR SELECT USING (tenant = ANY ((SELECT visible_tenants())::text[]));`,
  )
  .join('\n')}
`

/** The index of entries that no head speaks of yet: small, because heads are signed again and again. */
export const evidenceIndexes = `
CREATE INDEX audit_unsigned ON audit (tenant, kind, key, sequence) WHERE head IS NULL;
`
