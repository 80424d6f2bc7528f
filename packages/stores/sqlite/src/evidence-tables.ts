/** What an auditor asks for beside the chains: the signed heads, their public keys, and under which head an entry is. */
export const evidenceTables = `
ALTER TABLE audit ADD COLUMN head INTEGER;
CREATE INDEX audit_unsigned ON audit (tenant, kind, key, sequence) WHERE head IS NULL;

CREATE TABLE audit_head (
  tenant TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, number)
) STRICT;

CREATE TABLE audit_key (
  tenant TEXT NOT NULL, key_id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, key_id)
) STRICT;
`
