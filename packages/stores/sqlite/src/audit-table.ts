/**
 * The audit entries once more, in the order they came. An entry is too long for a tree that is kept by its key: there
 * each one took a page of its own, and a commit wrote three times the bytes.
 */
export const auditTable = `
CREATE TABLE audit_entry (
  tenant TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  sequence INTEGER NOT NULL, event_id TEXT NOT NULL, body TEXT NOT NULL, head INTEGER,
  UNIQUE (tenant, kind, key, sequence)
) STRICT;
INSERT INTO audit_entry (tenant, kind, key, sequence, event_id, body, head)
  SELECT tenant, kind, key, sequence, event_id, body, head FROM audit;
DROP TABLE audit;
ALTER TABLE audit_entry RENAME TO audit;
CREATE INDEX audit_event ON audit (tenant, event_id);
CREATE INDEX audit_unsigned ON audit (tenant, kind, key, sequence) WHERE head IS NULL;
`
