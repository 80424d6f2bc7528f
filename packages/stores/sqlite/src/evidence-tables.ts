/**
 * What an auditor asks for beside the chains: the signed heads, their public keys, and under which head an entry is; and
 * apart from the books, so that they can be erased, the names of people and the texts documents came as.
 */
export const evidenceTables = `
ALTER TABLE audit ADD COLUMN head INTEGER;
CREATE INDEX audit_unsigned ON audit (tenant, kind, key, sequence) WHERE head IS NULL;

CREATE TABLE audit_head (
  tenant TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, number)
) STRICT;

CREATE TABLE audit_key (
  tenant TEXT NOT NULL, key_id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, key_id)
) STRICT;

CREATE TABLE person (
  tenant TEXT NOT NULL, name TEXT NOT NULL, token TEXT NOT NULL, salt TEXT NOT NULL,
  PRIMARY KEY (tenant, name), UNIQUE (tenant, token)
) STRICT;

CREATE TABLE original (
  tenant TEXT NOT NULL, delivery_key TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (tenant, delivery_key)
) STRICT;
`
